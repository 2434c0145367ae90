// SPDX-License-Identifier: Apache-2.0
// Sets of settings for what people have on their hands. Each is what would stand in a file of settings.

/** @type {{name: string, help: string, settings: import('./api.js').Settings}[]} */
export const SETS = [
  {name: 'Faces', help: 'Restores faces; nothing else of the picture is touched', settings: {}},
  {name: 'Old film', help: 'Steadied, evened, repaired and cleaned, then faces', settings: {for: 'film'}},
  {name: 'Faded film', help: 'As an old film, and its contrast given back', settings: {for: 'film', levels: 'auto'}},
  {name: 'Tape', help: 'Colours put back into place, torn lines filled, noise taken out, then faces', settings: {for: 'tape'}},
  {name: 'Video call', help: 'Noise taken out, shared screens left as they are, tiles kept apart, light for who sits in the dark, then faces',
   settings: {for: 'call'}},
  {name: 'Photo', help: 'Cleaned as far as needed, faces restored, twice as large', settings: {clean: 'auto', upscale: 2}},
];

/**
 * Whether two settings say the same.
 * @param {import('./api.js').Settings} one
 * @param {import('./api.js').Settings} other
 */
export function areSame(one, other) {
  const text = (/** @type {import('./api.js').Settings} */ settings) =>
    JSON.stringify(Object.keys(settings).sort().map(name => [name, settings[name]]));
  return text(one) === text(other);
}
