// SPDX-License-Identifier: Apache-2.0
#include "report_parts.h"

namespace reelface {

const char* report_script() {
  return R"js(
'use strict';
(() => {
const root = document.documentElement;
const theme = document.querySelector('.theme');
const systemDark = matchMedia('(prefers-color-scheme: dark)');
const isDark = () => (root.dataset.theme || (systemDark.matches ? 'dark' : 'light')) === 'dark';
const nameTheme = () => { theme.textContent = isDark() ? 'Light' : 'Dark';
  theme.setAttribute('aria-label', 'Show the page ' + (isDark() ? 'light' : 'dark')); };
theme.hidden = false;
theme.onclick = () => { root.dataset.theme = isDark() ? 'light' : 'dark'; nameTheme(); };
systemDark.addEventListener('change', nameTheme);
nameTheme();

const bring = pair => {
  const wipe = pair.querySelector('.wipe'), range = pair.querySelector('input');
  const show = () => wipe.style.setProperty('--split', range.value + '%');
  range.addEventListener('input', show);
  show();
  for (const button of pair.querySelectorAll('.modes button')) button.onclick = () => {
    pair.dataset.mode = button.dataset.mode;
    for (const other of pair.querySelectorAll('.modes button')) other.setAttribute('aria-pressed', other === button);
  };
};
document.querySelectorAll('.pair').forEach(bring);

const made = (kind, classes, text) => {
  const element = document.createElement(kind);
  element.className = classes;
  element.textContent = text || '';
  return element;
};
for (const crop of document.querySelectorAll('button.crop')) crop.onclick = () => {
  const track = crop.closest('.track'), dialog = document.querySelector('dialog');
  const images = [...crop.querySelectorAll('img')].map((image, i) => {
    const large = image.cloneNode();
    large.className = i ? 'after' : 'before';
    return large;
  });
  const head = made('header', ''), close = made('button', '', 'Close'), pair = made('figure', 'pair');
  const wipe = made('div', 'wipe'), edge = made('div', 'edge'), range = made('input', '');
  head.append(made('b', '', crop.dataset.name), close);
  close.type = 'button';
  close.onclick = () => dialog.close();
  pair.dataset.mode = 'restored';
  wipe.style.setProperty('--ratio', '1/1');
  edge.append(made('b', ''));
  Object.assign(range, {type: 'range', min: 0, max: 100, step: 0.5, value: 50});
  range.setAttribute('aria-label', crop.dataset.name + ': how much of the left picture is shown, in percent');
  wipe.append(...images, edge, made('span', 'tag left before', track.dataset.before),
              made('span', 'tag right after', track.dataset.after), range);
  pair.append(wipe);
  dialog.replaceChildren(head, pair);
  bring(pair);
  dialog.showModal();
  range.focus();
};

for (const viewer of document.querySelectorAll('.viewer')) {
  const pairs = [...viewer.querySelectorAll('.pair')];
  if (pairs.length < 2) continue;
  const strip = document.createElement('div');
  strip.className = 'strip';
  strip.setAttribute('role', 'group');
  strip.setAttribute('aria-label', 'Choose a picture');
  const choose = chosen => pairs.forEach((pair, i) => {
    pair.hidden = i !== chosen;
    strip.children[i].setAttribute('aria-pressed', i === chosen);
  });
  pairs.forEach((pair, i) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = pair.dataset.name;
    button.onclick = () => choose(i);
    strip.append(button);
  });
  viewer.prepend(strip);
  choose(0);
}

const readable = value => {
  if (value === null) return '\u2013';
  const size = Math.abs(value);
  if (size > 0 && size < 0.01) return value.toPrecision(3);
  return value.toFixed(size >= 1000 ? 0 : size >= 100 ? 1 : size >= 1 || size === 0 ? 2 : 3);
};
const clock = seconds => {
  const minutes = Math.floor(seconds / 60);
  return minutes + ':' + (seconds - 60 * minutes).toFixed(2).padStart(5, '0');
};

for (const chart of document.querySelectorAll('.chart')) {
  const plot = chart.querySelector('.plot');
  if (!plot) continue;
  const data = JSON.parse(chart.querySelector('script').textContent);
  const cursor = plot.querySelector('.cursor'), tip = plot.querySelector('.tip');
  const first = data.frames[0], span = Math.max(1, data.frames[data.frames.length - 1] - first);
  let at = -1;
  const line = (text, value, role) => {
    const row = document.createElement('div'), mark = document.createElement('i'), number = document.createElement('b');
    if (role) { row.className = role; row.append(mark); }
    row.append(text);
    if (value !== undefined) { number.textContent = value; row.append(number); }
    return row;
  };
  const show = index => {
    at = Math.min(Math.max(index, 0), data.frames.length - 1);
    const share = (data.frames[at] - first) / span;
    let head = 'frame ' + data.frames[at];
    if (data.per > 1) head += ' +' + (data.per - 1);
    if (data.seconds.length) head += ', ' + clock(data.seconds[at]);
    tip.replaceChildren(line(head), ...data.series.map(s => line(s.name, readable(s.values[at]), s.role)));
    cursor.hidden = tip.hidden = false;
    cursor.style.left = 100 * share + '%';
    const room = plot.clientWidth, wide = tip.offsetWidth, x = share * room;
    tip.style.left = Math.min(Math.max(x + 14 + wide > room ? x - wide - 14 : x + 14, -40), room - wide + 4) + 'px';
  };
  const hide = () => { cursor.hidden = tip.hidden = true; };
  const nearest = share => {
    const wanted = first + share * span;
    let low = 0, high = data.frames.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (data.frames[middle] < wanted) low = middle + 1; else high = middle;
    }
    return low > 0 && wanted - data.frames[low - 1] < data.frames[low] - wanted ? low - 1 : low;
  };
  plot.addEventListener('pointermove', event => {
    const box = plot.getBoundingClientRect();
    show(nearest(Math.min(1, Math.max(0, (event.clientX - box.left) / box.width))));
  });
  plot.addEventListener('pointerleave', () => { if (document.activeElement !== plot) hide(); });
  plot.addEventListener('focus', () => { if (plot.matches(':focus-visible')) show(Math.max(at, 0)); });
  plot.addEventListener('blur', hide);
  addEventListener('resize', hide);
  plot.addEventListener('keydown', event => {
    const page = Math.max(1, Math.round(data.frames.length / 10));
    const steps = {ArrowLeft: -1, ArrowRight: 1, PageDown: -page, PageUp: page, Home: -1e9, End: 1e9};
    if (event.key === 'Escape') hide();
    if (!(event.key in steps)) return;
    show(at + steps[event.key]);
    event.preventDefault();
  });
}
})();
)js";
}

}  // namespace reelface
