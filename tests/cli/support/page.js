// SPDX-License-Identifier: MIT
// Appended to a copy of a page by report_page.sh: looks at it as it is laid out in a frame, and tells
// the window around it what is wrong, a line each.
const faults = [];
const root = document.documentElement;

function rgb(text) {
  const numbers = text.match(/[\d.]+/g).map(Number);
  return numbers.length === 3 ? [...numbers, 1] : numbers;
}
// What is painted behind an element: the backgrounds of its ancestors, one over the other.
function behind(element) {
  const layers = [];
  for (let e = element; e; e = e.parentElement) layers.push(rgb(getComputedStyle(e).backgroundColor));
  let color = matchMedia('(prefers-color-scheme: dark)').matches ? [18, 18, 18] : [255, 255, 255];
  for (const [r, g, b, a] of layers.reverse()) {
    color = [r, g, b].map((value, i) => value * a + color[i] * (1 - a));
  }
  return color;
}
function luminance(color) {
  const [r, g, b] = color.map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a, b) {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

if (root.scrollWidth > innerWidth) faults.push(`wider than the window: ${root.scrollWidth} > ${innerWidth}`);
if (!root.lang) faults.push('no language');
if (!document.title) faults.push('no title');
if (document.querySelectorAll('h1').length !== 1) faults.push('not one h1');
let level = 0;
for (const heading of document.querySelectorAll('h1,h2,h3,h4')) {
  const own = Number(heading.tagName[1]);
  if (own > level + 1) faults.push(`a level is skipped before ${heading.textContent}`);
  level = own;
}
for (const section of document.querySelectorAll('section')) {
  const name = section.querySelector('h2');
  if (!name || name.id !== section.getAttribute('aria-labelledby')) faults.push('a section without a name');
  const edge = section.getBoundingClientRect().right;
  for (const cell of section.querySelectorAll(':scope > table th, :scope > table td, :scope > svg')) {
    const box = cell.getBoundingClientRect();
    if (box.width > 1 && box.right > edge + 0.5) faults.push(`beyond its section: ${cell.textContent}`);
  }
}
for (const chart of document.querySelectorAll('svg')) {
  if (chart.getAttribute('role') !== 'img' || !chart.getAttribute('aria-label')) faults.push('a chart without words');
  if (!chart.nextElementSibling.querySelector('table')) faults.push('a chart without its figures');
}
for (const table of document.querySelectorAll('table')) {
  if (!table.querySelector('thead th[scope=col]')) faults.push('a table without headings');
  for (const line of table.querySelectorAll('tbody tr')) {
    if (!line.querySelector('th')) faults.push('a line without a heading');
  }
}
let texts = 0;
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walk.nextNode()) {
  const element = walk.currentNode.parentElement;
  const box = element.getBoundingClientRect();
  if (!walk.currentNode.data.trim() || box.width <= 1 || element.tagName === 'SCRIPT') continue;
  const style = getComputedStyle(element);
  const ink = element.namespaceURI.endsWith('svg') ? style.fill : style.color;
  const found = contrast(rgb(ink).slice(0, 3), behind(element));
  texts++;
  if (found < 4.5) faults.push(`contrast ${found.toFixed(2)}: ${walk.currentNode.data.trim()}`);
}
if (texts < 50) faults.push(`only ${texts} texts`);

parent.postMessage([
  `width ${innerWidth}`,
  `dark ${matchMedia('(prefers-color-scheme: dark)').matches}`,
  ...faults.map(fault => `fault ${fault.replace(/\s+/g, ' ')}`),
  'looked at',
].join('\n'), '*');
