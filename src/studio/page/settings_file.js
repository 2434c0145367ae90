// SPDX-License-Identifier: Apache-2.0
// Settings as the file that `--settings` takes, saved from the page and loaded into it.
import {Trouble} from './api.js';
import {by, made} from './dom.js';
import {tellTrouble} from './status.js';

/**
 * @param {import('./settings.js').SettingsPanel} panel
 * @param {import('./segments.js').Segments} segments
 */
export function offerSettingsFile(panel, segments) {
  by('save').onclick = () => save(panel.values, 'settings.json');
  by('segments-save').onclick = () => save({segments: segments.list}, 'segments.json');
  by('load').onclick = () => by('load-file').click();
  by('load-file').onchange = () => {
    void load(by('load-file').files[0], panel, segments);
    by('load-file').value = '';
  };
}

/** @param {object} values @param {string} name */
function save(values, name) {
  const address = URL.createObjectURL(new Blob([JSON.stringify(values, null, 2) + '\n'], {type: 'application/json'}));
  made('a', {href: address, download: name}).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

/**
 * @param {File|undefined} file
 * @param {import('./settings.js').SettingsPanel} panel
 * @param {import('./segments.js').Segments} segments
 */
async function load(file, panel, segments) {
  if (!file) return;
  try {
    const values = JSON.parse(await file.text());
    if (typeof values !== 'object' || values === null || Array.isArray(values)) throw new Error();
    if (Array.isArray(values.segments)) segments.set(values.segments.map(segmentOf));
    else panel.set(values);
  } catch {
    tellTrouble(new Trouble(file.name + ' is no file of settings', 'choose one that was saved here, or by `reelface settings`', 0));
  }
}

/**
 * What the program refuses it says itself; here only the shape must hold.
 * @param {any} told
 * @returns {import('./api.js').Segment}
 */
function segmentOf(told) {
  const [first, end] = told.frames.map(Number);
  return {frames: [first, end], fade: Number(told.fade ?? 12), settings: {...told.settings}};
}
