// The part of Studio around a block's form: says what became of a save, and closes the dialog when the form is done.
(function () {
  const preview = document.currentScript.dataset.preview;
  const message = document.querySelector('.modal-message');

  function say(text, isError) {
    message.textContent = text;
    message.classList.toggle('is-error', Boolean(isError));
    message.hidden = !text;
  }

  const framed = window.parent !== window;
  if (framed) document.querySelector('.modal-preview').hidden = true;

  function close(saved) {
    if (framed) window.parent.postMessage({ studio: 'close', saved }, window.location.origin);
    else window.location.assign(preview);
  }

  // `name` and `data` are those of Studio's own runtime.notify.
  window.RuntimeProvider.versions[1].notify = function (name, data) {
    if (name === 'save' && data && data.state === 'start') say(data.message || 'Saving');
    if (name === 'save' && data && data.state === 'end') close(true);
    if (name === 'error') say([data.title, data.message].filter(Boolean).join(': '), true);
    if (name === 'cancel') close(false);
  };
})();
