// Studio's unit page: opens a block's form in a dialog of its own, and shows the block anew once it is saved.
(function () {
  const dialog = document.querySelector('.studio-dialog');
  const frame = dialog.querySelector('iframe');

  document.querySelector('.studio-edit').addEventListener('click', (event) => {
    event.preventDefault();
    frame.src = frame.dataset.src;
    dialog.showModal();
  });

  window.addEventListener('message', (event) => {
    if (event.origin !== window.location.origin || !event.data || event.data.studio !== 'close') return;
    dialog.close();
    if (event.data.saved) window.location.reload();
  });

  // The form goes with its dialog, as in Studio.
  dialog.addEventListener('close', () => frame.removeAttribute('src'));
})();
