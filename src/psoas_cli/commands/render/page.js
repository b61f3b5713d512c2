"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const practice = JSON.parse(byId("data").textContent);
  const { words, scenes, stops } = practice;

  const DARK_AFTER = 30_000; // milliseconds without a touch
  const EARLY = 0.02; // seconds; a moment that is this near has come
  const SEED = 0.3; // the disc of empty lungs, as a part of the largest
  const PLAY = "M7 4.5v15l12-7.5z", PAUSE = "M8 5v14M16 5v14";

  const root = document.documentElement, main = document.querySelector("main");
  const dial = byId("disc"), dark = byId("dark"), told = byId("told");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const session = navigator.mediaSession;
  const bars = [...document.querySelectorAll("meta[name=theme-color]")]; // the browser's own, around the page
  const colours = bars.map((bar) => bar.getAttribute("content"));
  let sound = null; // the audio element, once the page is whole
  let begun = false;
  let scene = null; // what is shown
  let shown = ""; // the state that is shown
  let texts = 0; // how many of the scene's texts are shown
  let lock = null; // keeps the screen on
  let asking = false; // whether the browser is about to say if it may stay on
  let picturing = 0, waiting = 0, darkening = 0; // what comes next

  // -- where one is

  const now = () => sound.currentTime;
  const state = () => {
    if (!begun) return "start";
    if (sound.ended || now() >= practice.over - 1e-3) return "over";
    return sound.paused ? "paused" : "playing";
  };

  function sceneAt(t) {
    let first = 0, last = scenes.length - 1;
    while (first < last) {
      const middle = (first + last + 1) >> 1;
      if (scenes[middle].start <= t + EARLY) first = middle;
      else last = middle - 1;
    }
    return scenes[first];
  }

  // The number of the stop that one is in, from 0; -1 before the first.
  const stopAt = (t) => stops.findLastIndex((start) => start <= t + EARLY);

  function clock(seconds) {
    const whole = Math.max(0, Math.ceil(seconds - EARLY));
    const two = (number) => String(number).padStart(2, "0");
    const hours = Math.floor(whole / 3600), minutes = Math.floor(whole / 60) % 60;
    return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
  }

  // -- what is shown

  function write(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }

  function show() {
    const t = now(), is = state();
    if (is !== shown) showState(is);
    if (is === "start" || is === "over") return;
    const at = sceneAt(t);
    if (at !== scene) showScene(at);
    showTexts(t);
    write(byId("clock"), clock(at.end - t));
    showBreath(t, is);
    byId("done").style.setProperty("--part", Math.min(1, t / practice.over));
  }

  function showState(is) {
    shown = is;
    const begins = is === "start", over = is === "over";
    byId("intro").hidden = !begins;
    byId("name").hidden = begins;
    byId("stage").hidden = begins || over;
    byId("closing").hidden = !over;
    byId("done").hidden = begins || over;
    byId("count").hidden = begins || over || stops.length < 2;
    byId("controls").classList.toggle("alone", begins || over);
    root.classList.toggle("leads", !begins);
    main.classList.toggle("quiet", over);
    const labels = { start: words.begin, playing: words.pause, paused: words.resume, over: words.anew };
    write(byId("play").lastElementChild, labels[is]);
    byId("sign").setAttribute("d", is === "playing" ? PAUSE : PLAY);
    if (over) leave();
    else if (!begins) fit();
  }

  function showScene(at) {
    scene = at;
    write(byId("title"), at.title);
    write(byId("side"), at.side);
    write(byId("turn"), at.turn);
    main.classList.toggle("plain", !at.picture);
    for (const each of byId("picture").children) each.toggleAttribute("hidden", each.id !== at.picture);
    texts = 0;
    told.replaceChildren(...at.way_in.map((text) => paragraph(text, false)));
    told.scrollTop = 0;
    const stop = stopAt(at.start);
    write(byId("count"), words.count.replace("{number}", stop + 1).replace("{count}", stops.length));
    mark(stop);
    byId("next").disabled = stop + 1 >= stops.length;
    fit();
    tell();
  }

  // The practice is over: one is at none of its stops.
  function leave() {
    scene = null;
    mark(-1);
    tell();
  }

  function mark(stop) {
    document.querySelectorAll("li button").forEach((button, number) => {
      if (number === stop) button.setAttribute("aria-current", "step");
      else button.removeAttribute("aria-current");
    });
  }

  function paragraph(text, isSaid) {
    const made = document.createElement("p");
    made.textContent = text;
    made.classList.toggle("said", isSaid);
    return made;
  }

  // The texts of the scene as they are said: the latest stands out, and those before it stay to be read.
  function showTexts(t) {
    const count = scene.captions.filter(([at]) => at <= t + EARLY).length;
    if (count === texts) return;
    if (count < texts) told.replaceChildren(...scene.way_in.map((text) => paragraph(text, false)));
    const from = count < texts ? 0 : texts;
    const fresh = scene.captions.slice(from, count);
    const latest = fresh.length ? fresh.at(-1)[0] : 0;
    told.querySelectorAll(".said").forEach((each) => each.classList.remove("said"));
    told.append(...fresh.map(([at, text]) => paragraph(text, at === latest)));
    texts = count;
    fitTexts();
  }

  // Brings the latest text to the top, and makes it smaller where it has no room.
  function fitTexts() {
    const latest = [...told.querySelectorAll(".said")];
    told.style.removeProperty("font-size");
    if (!latest.length) return;
    const height = () => latest.at(-1).offsetTop + latest.at(-1).offsetHeight - latest[0].offsetTop;
    shrink([told], 13, () => height() > told.clientHeight);
    told.scrollTop = latest[0].offsetTop;
  }

  function showBreath(t, is) {
    const phase = breathAt(t);
    byId("disc").hidden = !phase;
    if (!phase) return write(byId("word"), is === "paused" ? words.paused : "");
    const [at, kind, seconds, begin, end] = phase;
    const part = Math.min(1, Math.max(0, (t - at) / seconds));
    const fill = begin + (end - begin) * part * part * (3 - 2 * part);
    // Where motion is not wanted, the disc stays as it is, and becomes brighter with the inhale.
    dial.style.setProperty("--fill", still.matches ? 1 : SEED + (1 - SEED) * fill);
    dial.style.setProperty("--shade", still.matches ? 0.4 + 0.6 * (end > begin || begin > 0.5 && end === begin) : 1);
    dial.dataset.fill = fill.toFixed(3);
    write(byId("word"), is === "paused" ? words.paused : words[kind]);
  }

  function breathAt(t) {
    const found = scene.breath.findLast(([at]) => at <= t + EARLY);
    return found && t < found[0] + found[2] ? found : null;
  }

  // Makes a long name smaller until it has room: nothing around it moves. The side stays large for longer.
  function fit() {
    const heading = byId("heading"), title = byId("title"), side = byId("side");
    const isTooLarge = () => heading.scrollHeight > heading.clientHeight;
    [title, side].forEach((each) => each.style.removeProperty("font-size"));
    shrink([title, side], 24, isTooLarge);
    shrink([title], 11, isTooLarge);
    shrink([side], 13, isTooLarge);
    fitTexts();
  }

  function shrink(parts, least, isTooLarge) {
    let size = parseFloat(getComputedStyle(parts[0]).fontSize);
    while (isTooLarge() && size > least) {
      size -= 1;
      parts.forEach((each) => { each.style.fontSize = `${size}px`; });
    }
  }

  // -- time passes

  // Waits for what changes next: the breath moves with every picture, all else with a second or a text.
  function tick() {
    cancelAnimationFrame(picturing);
    clearTimeout(waiting);
    if (!begun || sound.paused || document.hidden || !dark.hidden) return;
    show();
    if (!scene) return;
    const t = now();
    if (!still.matches && breathAt(t)) {
      picturing = requestAnimationFrame(tick);
      return;
    }
    const second = (scene.end - t) % 1 || 1;
    const coming = [second, scene.end - t, ...scene.captions.map(([at]) => at - t), ...scene.breath.map(([at]) => at - t)];
    const wait = Math.min(0.25, ...coming.filter((seconds) => seconds > 0));
    waiting = setTimeout(tick, wait * 1000);
  }

  // -- what one does

  function toggle() {
    if (!sound) return;
    if (state() === "over") go(0);
    else if (begun && !sound.paused) return sound.pause();
    play();
  }

  function play() {
    if (!sound) return;
    begun = true;
    sound.play().catch(fail);
  }

  function go(t) {
    sound.currentTime = t;
    show();
    position();
  }

  function next() {
    if (!["playing", "paused"].includes(state())) return;
    const following = stops[stopAt(now()) + 1];
    if (following !== undefined) go(following);
  }

  // To where moving to this stop begins; to the one before it if that was just done.
  function again() {
    if (!begun) return;
    const here = stopAt(now());
    const before = here > 0 && now() - stops[here] <= practice.same ? here - 1 : here;
    go(before < 0 ? 0 : stops[before]);
  }

  function jump(number) {
    if (!sound) return;
    const stands = ["start", "over"].includes(state());
    begun = true;
    go(stops[number]);
    if (stands) play();
    scrollTo(0, 0);
  }

  function help() {
    byId("keys").open = !byId("keys").open;
    if (byId("keys").open) byId("keys").scrollIntoView({ block: "end" });
  }

  const KEYS = { " ": toggle, ArrowRight: next, n: next, ArrowLeft: again, p: again, "?": help };

  function key(event) {
    if (wake()) return event.preventDefault();
    const does = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!does || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === " " && event.target.closest("button, summary")) return; // it presses that
    event.preventDefault(); // of a key that is held as well: the page would scroll
    if (!event.repeat) does();
  }

  // -- the system around it

  function tell() {
    if (!session || !window.MediaMetadata) return;
    const name = scene ? [scene.title, scene.side].filter(Boolean).join(" · ") : practice.title;
    session.metadata = new MediaMetadata({ title: name, artist: practice.title });
  }

  function position() {
    if (!session || !session.setPositionState || !Number.isFinite(sound.duration)) return;
    session.setPositionState({ duration: sound.duration, position: Math.min(now(), sound.duration), playbackRate: 1 });
  }

  function answerButtons() {
    const does = {
      play, pause: () => sound.pause(), nexttrack: next, previoustrack: again, seekto: (asked) => go(asked.seekTime),
    };
    for (const [name, action] of Object.entries(does)) {
      try {
        session?.setActionHandler(name, action);
      } catch { /* a button that this browser does not know */ }
    }
  }

  // One question at a time: a lock that another one replaces would never be released.
  async function stayAwake() {
    if (asking) return;
    if (sound.paused || document.hidden) {
      lock?.release().catch(() => {});
      lock = null;
    } else if (!lock || lock.released) {
      asking = true;
      lock = await navigator.wakeLock?.request("screen").catch(() => null);
      asking = false;
      if (sound.paused) stayAwake();
    }
  }

  // -- the dark

  function touch() {
    clearTimeout(darkening);
    darkening = setTimeout(darken, DARK_AFTER);
  }

  function darken() {
    if (state() !== "playing") return;
    dark.hidden = false;
    root.classList.add("black");
    bars.forEach((bar) => bar.setAttribute("content", "#000"));
    tick();
  }

  // Shows the page again; whether it was dark. What woke it does nothing else: the dark stays above until that is over.
  function wake() {
    touch();
    if (dark.hidden || dark.classList.contains("fading")) return !dark.hidden;
    dark.classList.add("fading");
    root.classList.remove("black");
    bars.forEach((bar, number) => bar.setAttribute("content", colours[number]));
    const over = () => {
      dark.hidden = true;
      dark.classList.remove("fading");
      tick();
    };
    dark.addEventListener("click", over, { once: true });
    setTimeout(over, 600);
    show();
    return true;
  }

  // -- the sound

  function fail(error) {
    if (error.name !== "AbortError") byId("trouble").hidden = false;
  }

  // The sound stands in the page once: its text becomes a file in memory, a piece at a time.
  function takeSound() {
    const audio = byId("sound");
    if (!audio) return fail({}); // the file was cut off on its way here
    const written = audio.getAttribute("src").split(",", 2)[1];
    audio.removeAttribute("src");
    const pieces = [];
    for (let from = 0; from < written.length; from += 1 << 20) {
      const letters = atob(written.slice(from, from + (1 << 20)));
      const piece = new Uint8Array(letters.length);
      for (let i = 0; i < letters.length; i += 1) piece[i] = letters.charCodeAt(i);
      pieces.push(piece);
    }
    audio.src = URL.createObjectURL(new Blob(pieces, { type: "audio/mpeg" }));
    audio.preload = "auto";
    audio.controls = false;
    sound = audio;
    for (const name of ["play", "pause", "ended", "seeked", "timeupdate"]) sound.addEventListener(name, show);
    for (const name of ["play", "pause", "ended"]) sound.addEventListener(name, stayAwake);
    for (const name of ["play", "seeked"]) sound.addEventListener(name, tick);
    for (const name of ["play", "pause", "seeked", "durationchange"]) sound.addEventListener(name, position);
    sound.addEventListener("play", touch);
    sound.addEventListener("playing", () => { byId("trouble").hidden = true; });
    sound.addEventListener("error", () => fail(sound.error));
    byId("play").disabled = false;
    show();
  }

  root.classList.add("led");
  main.classList.toggle("bare", !byId("picture").children.length);
  byId("controls").hidden = byId("keys").hidden = false;
  showState("start");
  byId("play").disabled = true;
  document.querySelectorAll("li").forEach((item, number) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...item.childNodes);
    button.addEventListener("click", () => jump(number));
    item.append(button);
  });
  byId("play").addEventListener("click", toggle);
  byId("next").addEventListener("click", next);
  byId("again").addEventListener("click", again);
  document.addEventListener("click", (event) => {
    // After a click, unlike a key, space pauses: it would press once more what was clicked.
    if (event.detail && event.target.closest("button")) byId("play").focus({ preventScroll: true });
  });
  document.addEventListener("keydown", key);
  document.addEventListener("pointerdown", wake);
  document.addEventListener("pointermove", (event) => {
    if (event.pointerType === "mouse" && (event.movementX || event.movementY)) wake();
  });
  document.addEventListener("visibilitychange", () => {
    if (!sound) return;
    stayAwake();
    tick();
  });
  addEventListener("resize", () => {
    if (scene) fit();
  });
  answerButtons();
  document.addEventListener("DOMContentLoaded", takeSound);
})();
