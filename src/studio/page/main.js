// SPDX-License-Identifier: Apache-2.0
// The page: a film, a frame of it, settings, and the two pictures that belong to them. Here its parts are joined.
import {start} from './api.js';
import {CommandLine} from './command_line.js';
import {Desk} from './desk.js';
import {by} from './dom.js';
import {FilmChooser} from './films.js';
import {JobList} from './jobs.js';
import {listenToKeys} from './keys.js';
import {Loop} from './loop.js';
import {Modes, offerThemes} from './looks.js';
import {People} from './people.js';
import {RunForm} from './run_form.js';
import {Segments} from './segments.js';
import {SettingsPanel} from './settings.js';
import {offerSettingsFile} from './settings_file.js';
import {forgetTrouble, tell, tellTrouble} from './status.js';
import {Timeline} from './timeline.js';
import {Viewer} from './viewer.js';

const viewer = new Viewer();
const timeline = new Timeline();
const panel = new SettingsPanel();
const chooser = new FilmChooser();
const jobs = new JobList();
const segments = new Segments(timeline);
const people = new People(timeline, segments);
const desk = new Desk(viewer, timeline, panel, segments, people);
const loop = new Loop(desk, viewer);
const commandLine = new CommandLine();
const runForm = new RunForm(desk, jobs);
const modes = new Modes(viewer);

function joinParts() {
  desk.onExpire = () => loop.leave();
  desk.onOpen = () => {
    void commandLine.show(desk.asked);
    runForm.suggestOutput();
  };
  timeline.onChoose = frame => desk.goTo(frame);
  chooser.onChoose = jobs.onOpen = path => desk.open(path);
  jobs.onCompare = (film, result) => desk.openBoth(film, result);
  jobs.onEnd = job => {
    document.title = (job.state === 'done' ? '✓ ' : '✗ ') + document.title.replace(/^[✓✗] /, '');
  };
  commandLine.onTrouble = failure => {
    desk.notYet();
    tellTrouble(failure);
  };
  people.asked = () => ({...desk.asked, people: {}});
  panel.onChange = segments.onChange = people.onChange = () => {
    forgetTrouble();
    desk.leaveResult();
    desk.expire();
    if (desk.film) void commandLine.show(desk.asked);
  };
  panel.onChangeShot = (name, value) => segments.change(name, value);
  segments.onMove = () => {
    panel.showShot(segments.settings);
    people.refresh();
  };
  viewer.onZoom = () => {
    by('zoom').textContent = viewer.zoom ? Math.round(viewer.zoom * 100) + ' %' : 'fit';
    by('zoom-fit').textContent = viewer.zoom ? 'Fit' : '1 : 1';
  };
  viewer.onZoom();
}

const zoomFitOrWhole = () => viewer.setZoom(viewer.zoom ? 0 : 1);

function listenToButtons() {
  const clicks = {
    open: () => chooser.show(), 'open-large': () => chooser.show(), preview: () => desk.restore(), cancel: () => { loop.stop(); return desk.stop(); },
    'frame-back': () => desk.goTo(desk.frame - 1), 'frame-on': () => desk.goTo(desk.frame + 1),
    'shot-back': () => desk.goTo(timeline.shotBack), 'shot-on': () => desk.goTo(timeline.shotOn),
    'zoom-in': () => viewer.zoomBy(1.25), 'zoom-out': () => viewer.zoomBy(0.8), 'zoom-fit': zoomFitOrWhole,
    jobs: () => jobs.show(), help: () => by('keys').showModal(),
  };
  for (const [id, action] of Object.entries(clicks)) by(id).onclick = action;
  by('frame').onchange = () => desk.goTo(Number(by('frame').value));
  by('view').onchange = () => {
    forgetTrouble();
    desk.leaveResult();
    desk.expire();
  };
}

/** @type {Record<string, import('./keys.js').Action>} */
const keys = {
  ArrowLeft: event => desk.goTo(desk.frame - (event.shiftKey ? 10 : 1)),
  ArrowRight: event => desk.goTo(desk.frame + (event.shiftKey ? 10 : 1)),
  Home: () => desk.goTo(0),
  End: () => desk.goTo(timeline.length - 1),
  '[': () => desk.goTo(timeline.shotBack),
  ']': () => desk.goTo(timeline.shotOn),
  ' ': () => viewer.hold(true),
  Enter: () => void desk.restore(),
  Escape: () => {
    loop.stop();
    void desk.stop();
  },
  l: () => loop.toggle(),
  '+': () => viewer.zoomBy(1.25),
  '=': () => viewer.zoomBy(1.25),
  '-': () => viewer.zoomBy(0.8),
  ',': () => viewer.setSplit(viewer.share - 0.02),
  '.': () => viewer.setSplit(viewer.share + 0.02),
  z: zoomFitOrWhole,
  o: () => void chooser.show(),
  j: () => jobs.show(),
  '?': () => by('keys').showModal(),
  ...Object.fromEntries(['wipe', 'side', 'before', 'after', 'difference'].map((mode, i) => [String(i + 1), () => modes.choose(mode)])),
};

async function begin() {
  offerThemes();
  offerSettingsFile(panel, segments);
  joinParts();
  listenToButtons();
  listenToKeys(keys, {' ': () => viewer.hold(false)});
  addEventListener('blur', () => viewer.hold(false));
  try {
    const told = await start();
    by('folder').textContent = told.folder;
    panel.begin(told.options, told.models);
    await jobs.refresh();
    if (told.film !== null) await desk.open(told.film);
    else tell('', '');
  } catch (failure) {
    tellTrouble(failure);
  }
}

void begin();
