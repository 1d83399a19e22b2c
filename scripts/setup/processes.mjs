import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import process from 'node:process'
import { inCache, PROJECT_DIR } from './project.mjs'

const IS_WINDOWS = process.platform === 'win32'

/** @type {readonly NodeJS.Signals[]} */
const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * How a run ended. `tail` is the end of what it printed.
 * @typedef {{ code: number, isTimedOut: boolean, tail: string, logFile: string }} Ended
 */

/**
 * Runs a program to its end, its output in a log file in the cache rather than on the screen.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ log: string, limitMs: number, env?: NodeJS.ProcessEnv, cwd?: string, isShell?: boolean }} options
 * @returns {Promise<Ended>}
 */
export function runQuietly(command, args, options) {
  const logFile = inCache('logs', `${options.log}.log`)
  const out = openSync(logFile, 'w')
  const child = spawn(command, args, {
    cwd: options.cwd ?? PROJECT_DIR,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', out, out],
    shell: options.isShell ?? false,
    detached: !IS_WINDOWS,
    windowsHide: true,
  })
  const stopWatching = endWithUs(child)
  return new Promise((resolve) => {
    let isTimedOut = false
    const timer = setTimeout(() => {
      isTimedOut = true
      endGroup(child, 'SIGKILL')
    }, options.limitMs)
    const finish = (/** @type {number} */ code) => {
      clearTimeout(timer)
      stopWatching()
      closeSync(out)
      resolve({ code, isTimedOut, tail: tailOf(logFile), logFile })
    }
    child.once('error', () => finish(127))
    child.once('exit', (code) => finish(code ?? 1))
  })
}

/**
 * Runs a program in the foreground with our own input and output, and passes signals on. A Ctrl+C in a terminal reaches
 * it by itself, because it is in the terminal's process group; any other signal reaches only us.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string }} [options]
 * @returns {Promise<number>} its exit code; 128 + n when a signal ended it
 */
export function runInForeground(command, args, options = {}) {
  const child = spawn(command, args, {
    cwd: options.cwd ?? process.cwd(),
    env: { ...process.env, ...options.env },
    stdio: 'inherit',
  })
  return passOn(child)
}

/**
 * Waits for a child of our own process group and passes signals on to it meanwhile.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number>} its exit code; 128 + n when a signal ended it
 */
export function passOn(child) {
  const listeners = FORWARDED.map((signal) => {
    const listener = () => {
      if (signal === 'SIGINT' && process.stdin.isTTY) return
      child.kill(signal)
    }
    process.on(signal, listener)
    return { signal, listener }
  })
  const kill = () => child.kill('SIGTERM')
  process.once('exit', kill)
  return new Promise((resolve) => {
    const finish = (/** @type {number} */ code) => {
      process.off('exit', kill)
      for (const { signal, listener } of listeners) process.off(signal, listener)
      resolve(code)
    }
    child.once('error', () => finish(127))
    child.once('exit', (code, signal) => finish(code ?? SIGNAL_CODES[signal ?? ''] ?? 1))
  })
}

/**
 * Sees to it that a child with a process group of its own, which no Ctrl+C reaches, ends when we are told to end.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {() => void} stops watching
 */
function endWithUs(child) {
  const onExit = () => endGroup(child, 'SIGTERM')
  const onSignal = (/** @type {NodeJS.Signals} */ signal) => process.exit(SIGNAL_CODES[signal] ?? 1)
  process.once('exit', onExit)
  for (const signal of FORWARDED) process.on(signal, onSignal)
  return () => {
    process.off('exit', onExit)
    for (const signal of FORWARDED) process.off(signal, onSignal)
  }
}

/** @type {Readonly<Record<string, number>>} */
const SIGNAL_CODES = { SIGHUP: 129, SIGINT: 130, SIGKILL: 137, SIGTERM: 143 }

/**
 * Ends a child that leads its own process group, and everything it started.
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
export function endGroup(child, signal) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  try {
    if (IS_WINDOWS) spawn('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore', windowsHide: true })
    else process.kill(-child.pid, signal)
  } catch {
    // It has ended by itself in the meantime.
  }
}

/** @param {string} file */
function tailOf(file) {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-200).join('\n')
}
