// SPDX-License-Identifier: Apache-2.0
// Which key does what. Keys that somebody types into a field, or presses a button with, are left alone.

/** @typedef {(event: KeyboardEvent) => void} Action */

/**
 * @param {Record<string, Action>} actions by the name of the key
 * @param {Record<string, Action>} releases what happens when a key is let go
 */
export function listenToKeys(actions, releases) {
  addEventListener('keydown', event => {
    const action = actions[event.key];
    if (!action || isForSomethingElse(event)) return;
    event.preventDefault();
    action(event);
  });
  addEventListener('keyup', event => releases[event.key]?.(event));
}

/** @param {KeyboardEvent} event */
function isForSomethingElse(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector('dialog[open]')) return true;
  const target = /** @type {HTMLElement} */ (event.target);
  const isTyping = target.closest('input:not([type=checkbox]),select,textarea');
  const isPressing = (event.key === ' ' || event.key === 'Enter') && target.closest('button,summary,input');
  const isChoosing = target.closest('[role=radio]') && event.key.startsWith('Arrow');
  return Boolean(isTyping && event.key !== 'Escape' || isPressing || isChoosing);
}
