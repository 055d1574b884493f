// What the workbench's runtime reads from the page: who the learner is and where the handlers are.
(function () {
  const page = document.documentElement.dataset;
  window.studentId = page.student;
  window.handlerBaseUrl = page.handlerBase;
  window.asideBaseUrl = page.handlerBase.replace('handler/', 'aside_handler/');

  // On a phone the tabs are wider than the page; the one that is open should be in sight.
  document.addEventListener('DOMContentLoaded', () => {
    const here = document.querySelector('.units [aria-current]');
    if (here) here.scrollIntoView({ inline: 'center', block: 'nearest' });
  });
})();
