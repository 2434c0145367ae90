// SPDX-License-Identifier: Apache-2.0
// The few things that the browser makes long.

/**
 * The element of this id.
 * @param {string} id
 * @returns {any}
 */
export function by(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error('no element ' + id);
  return element;
}

/**
 * A new element. Text and children are told apart by what they are.
 * @param {string} kind
 * @param {Record<string, any>} [properties] attributes where the name has a dash or is one, else properties
 * @param {(Node|string)[]} children
 * @returns {any}
 */
export function made(kind, properties = {}, ...children) {
  const element = document.createElement(kind);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes('-') || name === 'role' || name === 'for' || name === 'list') element.setAttribute(name, String(value));
    else /** @type {any} */ (element)[name] = value;
  }
  element.append(...children);
  return element;
}

/**
 * "1:02:03.45"
 * @param {number} seconds
 */
export function clockText(seconds) {
  const hundredths = Math.round(seconds * 100);
  const two = (/** @type {number} */ number) => String(number).padStart(2, '0');
  const hours = Math.floor(hundredths / 360000), minutes = Math.floor(hundredths / 6000) % 60;
  const rest = two(Math.floor(hundredths / 100) % 60) + '.' + two(hundredths % 100);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/**
 * @param {string} name
 * @param {string} [usual]
 */
export function remembered(name, usual = '') {
  try { return localStorage.getItem('reelface-' + name) ?? usual; } catch { return usual; }
}

/**
 * @param {string} name
 * @param {string} value
 */
export function remember(name, value) {
  try { localStorage.setItem('reelface-' + name, value); } catch { /* then not */ }
}
