let isQuietOnStdout = false

/** From now on every word goes to stderr, because stdout carries results. */
export function keepStdoutForResults() {
  isQuietOnStdout = true
}

/**
 * Says one line about what is being done.
 * @param {string} line
 */
export function say(line) {
  const out = isQuietOnStdout ? process.stderr : process.stdout
  out.write(`${line}\n`)
}
