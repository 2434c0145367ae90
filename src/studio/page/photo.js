// SPDX-License-Identifier: Apache-2.0
// A photo that somebody drops on the page, made small enough to be sent.
import {made} from './dom.js';
import {Trouble} from './api.js';

const LONGEST_SIDE = 400;
const MOST_CHARACTERS = 60000;  // the program takes no more

/**
 * The photo as a JPEG in base64.
 * @param {Blob} file
 */
export async function smallJpeg(file) {
  let bitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    throw new Trouble('that is no picture', 'drop a JPEG or a PNG', 0);
  }
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = made('canvas', {width: Math.max(1, Math.round(bitmap.width * scale)), height: Math.max(1, Math.round(bitmap.height * scale))});
  const paint = canvas.getContext('2d');
  paint.imageSmoothingQuality = 'high';
  paint.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  for (const quality of [0.92, 0.8, 0.6, 0.4]) {
    const text = canvas.toDataURL('image/jpeg', quality).split(',')[1];
    if (text.length <= MOST_CHARACTERS) return text;
  }
  throw new Trouble('that picture is too full of detail', 'cut the face out of it', 0);
}

/**
 * Tells of each picture that is dropped anywhere on the page.
 * @param {(file: File) => void} onDrop
 */
export function listenToDrops(onDrop) {
  addEventListener('dragover', event => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
  });
  addEventListener('drop', event => {
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    onDrop(file);
  });
}
