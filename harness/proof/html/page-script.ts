/** The script of the page: filters, the switch of colours, and unfolding. */
export const PAGE_SCRIPT = `
'use strict';
for (const form of document.querySelectorAll('form[data-filters]')) {
  const table = document.getElementById(form.dataset.filters);
  if (!table) continue;
  const rows = [...table.tBodies[0].rows];
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const output = form.querySelector('output');
  const apply = () => {
    const text = form.elements.text.value.trim().toLowerCase();
    const state = form.elements.state ? form.elements.state.value : '';
    let shown = 0;
    rows.forEach((row, position) => {
      const isShown = texts[position].includes(text) && (state === '' || (row.dataset.states || '').split(' ').includes(state));
      row.hidden = !isShown;
      if (isShown) shown += 1;
    });
    output.textContent = text === '' && state === '' ? '' : shown + ' of ' + rows.length + ' shown';
  };
  form.addEventListener('input', apply);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.hidden = false;
  apply();
}
const theme = document.getElementById('theme');
const isDark = () => document.documentElement.dataset.theme ? document.documentElement.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
const name = () => { theme.textContent = isDark() ? 'Light colours' : 'Dark colours'; };
theme.addEventListener('click', () => { document.documentElement.dataset.theme = isDark() ? 'light' : 'dark'; name(); });
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', name);
theme.hidden = false;
name();
const fold = document.getElementById('fold');
fold.addEventListener('click', () => {
  const isOpening = fold.getAttribute('aria-pressed') === 'false';
  for (const one of document.querySelectorAll('details')) one.open = isOpening;
  fold.setAttribute('aria-pressed', String(isOpening));
});
fold.hidden = false;
const openTarget = () => {
  let id = '';
  try { id = decodeURIComponent(location.hash.slice(1)); } catch { return; }
  for (let one = id && document.getElementById(id); one; one = one.parentElement) if (one.tagName === 'DETAILS') one.open = true;
};
addEventListener('hashchange', openTarget);
openTarget();
`
