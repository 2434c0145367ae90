// The page: a film, a frame of it, settings, and the two pictures that belong to them.
import {Trouble, command, open, progress, start, working} from './api.js';
import {by, clockText, made, remember, remembered} from './dom.js';
import {FilmChooser} from './films.js';
import {JobList} from './jobs.js';
import {PictureRequest} from './preview.js';
import {SettingsPanel} from './settings.js';
import {Timeline} from './timeline.js';
import {Viewer} from './viewer.js';

const AFTER_A_CHANGE = 500;
const BETWEEN_LOOKS = 400;
const PICTURES = /\.(png|jpe?g|tiff?|webp|bmp)$/i;

const viewer = new Viewer();
const timeline = new Timeline();
const panel = new SettingsPanel();
const chooser = new FilmChooser();
const jobs = new JobList();
const beforeRequest = new PictureRequest('frame');
const afterRequest = new PictureRequest('preview');

/** @type {{film: import('./api.js').Film|null, frame: number, before: import('./api.js').Picture|null,
 *   after: import('./api.js').Picture|null}} */
const state = {film: null, frame: 0, before: null, after: null};

// --- what is told ---------------------------------------------------------------------------------------------------

let ticking = 0;

/** @param {string} text @param {'busy'|'good'|'bad'|''} [kind] */
function tell(text, kind = '') {
  clearInterval(ticking);
  ticking = 0;
  const status = by('status');
  status.textContent = text;
  status.className = 'status ' + kind;
  by('cancel').hidden = kind !== 'busy';
  document.documentElement.dataset.state = kind || 'idle';
}

function tellComputing() {
  const began = performance.now();
  tell('Restoring this frame…', 'busy');
  const own = ticking = setInterval(async () => {
    const share = await working().catch(() => 0);
    if (own !== ticking) return;
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    by('status').textContent = `Restoring this frame… ${share ? Math.round(99 * share) + ' %, ' : ''}${seconds} s`;
  }, 500);
}

/** @param {unknown} failure */
function tellTrouble(failure) {
  if (!(failure instanceof Trouble)) console.error(failure);
  const place = by('trouble');
  const advice = failure instanceof Trouble ? failure.advice : '';
  place.replaceChildren(made('b', {textContent: failure instanceof Error ? failure.message : String(failure)}),
                        ...(advice ? [made('span', {textContent: 'Try: ' + advice})] : []));
  place.hidden = false;
  tell('', 'bad');
}

function forgetTrouble() {
  by('trouble').hidden = true;
}

function showFacts() {
  const film = state.film;
  if (!film) return;
  const rate = film.frame_rate ? ` · ${Number(film.frame_rate.toFixed(3))} fps` : '';
  const enlarged = state.after && state.before && state.after.facts.width !== state.before.facts.width ?
    ` → ${state.after.facts.width} × ${state.after.facts.height}` : '';
  by('facts').textContent = `${film.width} × ${film.height}${enlarged}${rate} · ${film.codec}, ${film.bits} bit`;
}

// --- pictures -------------------------------------------------------------------------------------------------------

const asked = () => ({film: /** @type {any} */ (state.film).film, frame: state.frame, settings: panel.values});

/** The same with what is to be shown of the restored frame, which no command says. */
const askedView = () => ({...asked(), settings: by('view').value === 'none' ? panel.values : {...panel.values, compare: by('view').value}});

function show() {
  viewer.show(state.before, state.after);
  showFacts();
}

async function loadBefore() {
  try {
    const picture = await beforeRequest.get(asked());
    if (!picture) return;
    state.before = picture;
    by('clock').textContent = clockText(picture.facts.seconds);
    show();
  } catch (failure) {
    tellTrouble(failure);
  }
}

async function loadAfter() {
  if (!state.film) return;
  clearTimeout(due);
  forgetTrouble();
  tellComputing();
  try {
    const picture = await afterRequest.get(askedView());
    if (!picture) return;
    state.after = picture;
    show();
    tell(`Restored in ${picture.facts.wall_seconds.toFixed(picture.facts.wall_seconds < 10 ? 1 : 0)} s`, 'good');
  } catch (failure) {
    tellTrouble(failure);
  }
}

let due = 0;

/** The picture after is of other settings or another frame: away with it, and a new one soon. */
function expire() {
  state.after = null;
  show();
  clearTimeout(due);
  void afterRequest.stop();
  tell('', '');
  if (by('auto').checked) due = setTimeout(loadAfter, AFTER_A_CHANGE);
}

afterRequest.onWait = (/** @type {string} */ why) => tell(why[0].toUpperCase() + why.slice(1), 'busy');

// --- the film -------------------------------------------------------------------------------------------------------

/** @param {number} frame */
function goTo(frame) {
  if (!state.film) return;
  const last = Math.max(0, (timeline.length || state.film.frames_expected || 1) - 1);
  const next = Math.min(last, Math.max(0, Math.round(frame) || 0));
  by('frame').value = String(next);
  if (next === state.frame && state.before) return;
  state.frame = next;
  timeline.setFrame(next);
  expire();
  void loadBefore();
}

let looking = 0;

async function look() {
  clearTimeout(looking);
  const film = state.film;
  if (!film) return;
  try {
    const seen = await progress(film.film);
    if (film !== state.film) return;
    timeline.update(seen);
    by('of').textContent = timeline.length ? 'of ' + (seen.is_done ? '' : 'about ') + timeline.length : '';
    by('frame').max = String(Math.max(0, timeline.length - 1));
    if (seen.error) return tellTrouble(new Trouble(seen.error, seen.advice, 500));
    const share = timeline.length ? Math.round(100 * seen.frames / timeline.length) : 0;
    const shots = seen.cuts.length + 1;
    by('scan').textContent = seen.is_done ? `${shots} ${shots === 1 ? 'shot' : 'shots'}` : `Looking the film over: ${share} %`;
    if (seen.is_done && state.frame >= seen.frames) goTo(seen.frames - 1);
    if (!seen.is_done) looking = setTimeout(look, BETWEEN_LOOKS);
  } catch (failure) {
    tellTrouble(failure);
  }
}

/** @param {string} path */
async function openFilm(path) {
  const film = await open(path);
  forgetTrouble();
  Object.assign(state, {film, frame: 0, before: null, after: null});
  by('empty').hidden = true;
  by('film').textContent = film.path;
  document.title = film.path + ' · Reelface Studio';
  by('frame').value = '0';
  timeline.begin(film.film, film.width / film.height);
  viewer.setZoom(0);
  expire();
  void look();
  void loadBefore();
  void showCommand();
  suggestOutput();
}

// --- the command ----------------------------------------------------------------------------------------------------

/** @type {AbortController|null} */
let commandRunning = null;

async function showCommand() {
  if (!state.film) return;
  commandRunning?.abort();
  commandRunning = new AbortController();
  try {
    by('command').textContent = await command(asked(), commandRunning.signal);
    by('copy').disabled = false;
  } catch (failure) {
    if (failure instanceof Trouble && failure.isStale) return;
    by('copy').disabled = true;
    clearTimeout(due);
    tellTrouble(failure);
  }
}

async function copyCommand() {
  const button = by('copy');
  try {
    await navigator.clipboard.writeText(by('command').textContent);
    button.textContent = 'Copied';
  } catch {
    getSelection()?.selectAllChildren(by('command'));
    button.textContent = 'Press Ctrl+C';
  }
  setTimeout(() => { button.textContent = 'Copy'; }, 1500);
}

// --- jobs ------------------------------------------------------------------------------------------------------------

/** A name beside the film that no job has. */
function suggestOutput() {
  if (!state.film) return;
  const stem = state.film.path.replace(/\.[^./]*$/, '') + '_restored';
  const ending = PICTURES.test(state.film.path) ? '.png' : '.mkv';
  const taken = new Set(jobs.jobs.map(job => job.output));
  let name = stem + ending;
  for (let number = 2; taken.has(name); ++number) name = `${stem}_${number}${ending}`;
  by('output').value = name;
  by('output').disabled = by('run-now').disabled = false;
}

/** @param {SubmitEvent} event */
async function runNow(event) {
  event.preventDefault();
  if (!state.film) return;
  try {
    forgetTrouble();
    await jobs.add({film: state.film.film, output: by('output').value.trim(), settings: panel.values});
    suggestOutput();
    jobs.show();
  } catch (failure) {
    tellTrouble(failure);
  }
}

// --- files of settings ----------------------------------------------------------------------------------------------

function saveSettings() {
  const address = URL.createObjectURL(new Blob([JSON.stringify(panel.values, null, 2) + '\n'], {type: 'application/json'}));
  made('a', {href: address, download: 'settings.json'}).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

/** @param {File|undefined} file */
async function loadSettings(file) {
  if (!file) return;
  try {
    const values = JSON.parse(await file.text());
    if (typeof values !== 'object' || values === null || Array.isArray(values)) throw new Error();
    panel.set(values);
  } catch {
    tellTrouble(new Trouble(file.name + ' is no file of settings', 'choose one that was saved here, or by `reelface settings`', 0));
  }
}

// --- modes, theme, keys ---------------------------------------------------------------------------------------------

/** @param {string} mode */
function choose(mode) {
  viewer.setMode(/** @type {any} */ (mode));
  for (const button of by('modes').children) {
    const isChosen = button.dataset.mode === mode;
    button.setAttribute('aria-checked', String(isChosen));
    button.tabIndex = isChosen ? 0 : -1;
  }
  remember('mode', mode);
}

/** @param {string} theme */
function paint(theme) {
  document.documentElement.dataset.theme = theme;
  by('theme').textContent = theme === 'dark' ? 'Light' : 'Dark';
  by('theme').setAttribute('aria-label', 'Show the page ' + (theme === 'dark' ? 'light' : 'dark'));
}

/** @type {Record<string, (event: KeyboardEvent) => void>} */
const keys = {
  ArrowLeft: event => goTo(state.frame - (event.shiftKey ? 10 : 1)),
  ArrowRight: event => goTo(state.frame + (event.shiftKey ? 10 : 1)),
  Home: () => goTo(0),
  End: () => goTo(timeline.length - 1),
  '[': () => goTo(timeline.shotBack),
  ']': () => goTo(timeline.shotOn),
  ' ': () => viewer.hold(true),
  Enter: () => void loadAfter(),
  Escape: () => void stopComputing(),
  '+': () => viewer.zoomBy(1.25),
  '=': () => viewer.zoomBy(1.25),
  '-': () => viewer.zoomBy(0.8),
  ',': () => viewer.setSplit(viewer.share - 0.02),
  '.': () => viewer.setSplit(viewer.share + 0.02),
  z: () => viewer.setZoom(viewer.zoom ? 0 : 1),
  o: () => void chooser.show(),
  j: () => jobs.show(),
  '?': () => by('keys').showModal(),
  ...Object.fromEntries(['wipe', 'side', 'before', 'after', 'difference'].map((mode, i) => [String(i + 1), () => choose(mode)])),
};

async function stopComputing() {
  clearTimeout(due);
  if (!afterRequest.isRunning) return;
  await afterRequest.stop();
  tell('Stopped', '');
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector('dialog[open]')) return;
  const target = /** @type {HTMLElement} */ (event.target);
  const isTyping = target.closest('input:not([type=checkbox]),select,textarea');
  const isPressing = (event.key === ' ' || event.key === 'Enter') && target.closest('button,summary,input');
  const action = keys[event.key];
  if (!action || isTyping && event.key !== 'Escape' || isPressing) return;
  if (target.closest('[role=radio]') && event.key.startsWith('Arrow')) return;
  event.preventDefault();
  action(event);
}

function listen() {
  addEventListener('keydown', onKey);
  addEventListener('keyup', event => { if (event.key === ' ') viewer.hold(false); });
  addEventListener('blur', () => viewer.hold(false));
  const clicks = {
    open: () => chooser.show(), 'open-large': () => chooser.show(), preview: loadAfter, cancel: stopComputing,
    'frame-back': () => goTo(state.frame - 1), 'frame-on': () => goTo(state.frame + 1),
    'shot-back': () => goTo(timeline.shotBack), 'shot-on': () => goTo(timeline.shotOn),
    'zoom-in': () => viewer.zoomBy(1.25), 'zoom-out': () => viewer.zoomBy(0.8),
    'zoom-fit': () => viewer.setZoom(viewer.zoom ? 0 : 1), copy: copyCommand, save: saveSettings,
    load: () => by('load-file').click(), jobs: () => jobs.show(), help: () => by('keys').showModal(),
    theme: () => {
      const theme = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
      paint(theme);
      remember('theme', theme);
    },
  };
  for (const [id, action] of Object.entries(clicks)) by(id).onclick = action;
  for (const button of by('modes').children) button.onclick = () => choose(button.dataset.mode);
  by('modes').addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    const step = {ArrowLeft: -1, ArrowRight: 1}[event.key];
    if (!step) return;
    event.preventDefault();
    const buttons = [...by('modes').children], at = buttons.findIndex(button => button.tabIndex === 0);
    const next = buttons[(at + step + buttons.length) % buttons.length];
    choose(next.dataset.mode);
    next.focus();
  });
  by('view').onchange = () => {
    forgetTrouble();
    if (state.film) expire();
  };
  by('frame').onchange = () => goTo(Number(by('frame').value));
  by('load-file').onchange = () => {
    void loadSettings(by('load-file').files[0]);
    by('load-file').value = '';
  };
  viewer.onZoom = () => {
    by('zoom').textContent = viewer.zoom ? Math.round(viewer.zoom * 100) + ' %' : 'fit';
    by('zoom-fit').textContent = viewer.zoom ? 'Fit' : '1 : 1';
  };
  timeline.onChoose = goTo;
  chooser.onChoose = openFilm;
  jobs.onOpen = openFilm;
  jobs.onEnd = job => {
    document.title = (job.state === 'done' ? '✓ ' : '✗ ') + document.title.replace(/^[✓✗] /, '');
  };
  by('run').onsubmit = runNow;
  panel.onChange = () => {
    forgetTrouble();
    if (!state.film) return;
    expire();
    void showCommand();
  };
}

async function begin() {
  paint(remembered('theme') || (matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark'));
  choose(remembered('mode', 'wipe'));
  listen();
  viewer.onZoom();
  try {
    const told = await start();
    by('folder').textContent = told.folder;
    panel.begin(told.options, told.models);
    await jobs.refresh();
    if (told.film !== null) await openFilm(told.film);
    else tell('', '');
  } catch (failure) {
    tellTrouble(failure);
  }
}

void begin();
