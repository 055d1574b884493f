// The part of Studio around a block's form: says what became of a save, and closes the dialog on cancel.
(function () {
  const preview = document.currentScript.dataset.preview;
  const message = document.querySelector('.modal-message');

  function say(text, isError) {
    message.textContent = text;
    message.classList.toggle('is-error', Boolean(isError));
    message.hidden = !text;
  }

  const close = () => window.location.assign(preview);

  // `name` and `data` are those of Studio's own runtime.notify.
  window.RuntimeProvider.versions[1].notify = function (name, data) {
    if (name === 'save' && data && data.state === 'start') say(data.message || 'Saving');
    if (name === 'save' && data && data.state === 'end') close();
    if (name === 'error') say([data.title, data.message].filter(Boolean).join(': '), true);
    if (name === 'cancel') close();
  };
})();
