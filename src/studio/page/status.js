// SPDX-License-Identifier: Apache-2.0
// What the page tells: the line of status, and what went wrong.
import {Trouble, working} from './api.js';
import {by, made} from './dom.js';

const BETWEEN_ASKING = 500;

let ticking = 0;

/** @param {string} text @param {'busy'|'good'|'bad'|''} [kind] */
export function tell(text, kind = '') {
  clearInterval(ticking);
  ticking = 0;
  const status = by('status');
  status.textContent = status.title = text;
  status.className = 'status ' + kind;
  by('cancel').hidden = kind !== 'busy';
  document.documentElement.dataset.state = kind || 'idle';
}

/** Counts the seconds until something else is told. */
export function tellComputing() {
  const began = performance.now();
  tell('Restoring…', 'busy');
  const own = ticking = setInterval(async () => {
    const share = await working().catch(() => 0);
    if (own !== ticking) return;
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    by('status').textContent = `Restoring… ${share ? Math.round(99 * share) + ' %, ' : ''}${seconds} s`;
  }, BETWEEN_ASKING);
}

/** @param {unknown} failure */
export function tellTrouble(failure) {
  if (!(failure instanceof Trouble)) console.error(failure);
  const place = by('trouble');
  const advice = failure instanceof Trouble ? failure.advice : '';
  place.replaceChildren(made('b', {textContent: failure instanceof Error ? failure.message : String(failure)}),
                        ...(advice ? [made('span', {textContent: 'Try: ' + advice})] : []));
  place.hidden = false;
  tell('', 'bad');
}

export function forgetTrouble() {
  by('trouble').hidden = true;
}
