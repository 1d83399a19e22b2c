import type { Writable } from 'node:stream'

/** The only way to the terminal: results go to stdout, everything else to stderr. */
export interface Output {
  readonly isJson: boolean
  /** One result: a JSON object a line, or with people reading, `text` (null: nothing to say). */
  result(json: object, text: string | null): void
  /** Text to stdout as it is: a CSV, a help text. */
  raw(text: string): void
  /** A sentence on stderr. */
  message(text: string): void
  /** How far the work is: on a terminal one line that is written over, elsewhere a line now and then. */
  progress(text: string): void
  /** Resolves when everything has been handed to the system. */
  flush(): Promise<void>
}

/** A line of progress that is not on a terminal comes at most so often (ms). */
const PROGRESS_EVERY_MS = 2_000
const TERMINAL_PROGRESS_EVERY_MS = 100

/** Characters that could steer a terminal, or turn the direction of text. A directory's names are not to be trusted. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what must not pass
const STEERING = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g
/** What JSON leaves unescaped although a terminal or a line reader may act on it. */
const UNESCAPED = /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g

/** Text for a terminal: what could steer it becomes a replacement character. */
export function plainText(text: string): string {
  return text.replace(STEERING, '\ufffd')
}

/** One JSON object on one line, safe to show in a terminal. */
export function jsonLine(value: object): string {
  return JSON.stringify(value).replace(
    UNESCAPED,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

export interface OutputStreams {
  readonly stdout: Writable & { readonly isTTY?: boolean }
  readonly stderr: Writable & { readonly isTTY?: boolean }
}

/** @param isJson asked at each result, because the options are known only after the help may have been written */
export function createOutput(streams: OutputStreams, isJson: () => boolean, nowMs: () => number): Output {
  const { stdout, stderr } = streams
  const isTerminal = stderr.isTTY === true
  let isLineOpen = false
  let lastProgressMs = Number.NEGATIVE_INFINITY
  let lastProgress = ''

  function closeLine(): void {
    if (isLineOpen) stderr.write('\r\u001b[K')
    isLineOpen = false
  }

  return {
    get isJson() {
      return isJson()
    },
    result(json, text) {
      closeLine()
      if (isJson()) stdout.write(`${jsonLine(json)}\n`)
      else if (text !== null) stdout.write(`${plainText(text)}\n`)
    },
    raw(text) {
      closeLine()
      stdout.write(text)
    },
    message(text) {
      closeLine()
      stderr.write(`${plainText(text)}\n`)
    },
    progress(text) {
      const now = nowMs()
      // The same line again would say nothing, and fill a log.
      if (!isTerminal && text === lastProgress) return
      if (now - lastProgressMs < (isTerminal ? TERMINAL_PROGRESS_EVERY_MS : PROGRESS_EVERY_MS)) return
      lastProgressMs = now
      lastProgress = text
      stderr.write(isTerminal ? `\r\u001b[K${plainText(text)}` : `${plainText(text)}\n`)
      isLineOpen = isTerminal
    },
    async flush() {
      closeLine()
      await Promise.all([stdout, stderr].map((stream) => new Promise((resolve) => stream.write('', resolve))))
    },
  }
}
