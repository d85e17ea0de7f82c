// The start page works without this file but for its form: everything is rendered by the server.

const form = document.getElementById('query-form');
const query = document.getElementById('query');
const answer = document.getElementById('answer');

const run = async () => {
  const button = form.querySelector('button');
  button.disabled = true;
  answer.setAttribute('aria-busy', 'true');
  try {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json, application/json' },
      body: JSON.stringify({ query: query.value }),
    });
    answer.textContent = JSON.stringify(await response.json(), null, 2);
  } catch (error) {
    answer.textContent = `${form.dataset.failed}: ${error.message}`;
  } finally {
    button.disabled = false;
    answer.removeAttribute('aria-busy');
  }
};

const copy = async (button) => {
  await navigator.clipboard.writeText(button.dataset.text);
  const label = button.textContent;
  button.textContent = button.dataset.copied;
  setTimeout(() => {
    button.textContent = label;
  }, 1500);
};

form.addEventListener('submit', (event) => {
  event.preventDefault();
  run();
});

query.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit();
  }
});

for (const button of document.querySelectorAll('button.load')) {
  button.addEventListener('click', () => {
    query.value = button.dataset.query;
    query.focus();
    form.scrollIntoView({ behavior: 'smooth', block: 'start' });
  });
}

for (const button of document.querySelectorAll('button.copy')) {
  // Browsers offer the clipboard only over https and on this machine.
  if (navigator.clipboard) button.addEventListener('click', () => copy(button));
  else button.hidden = true;
}
