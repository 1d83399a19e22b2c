/** Writes numbers, sizes and times as the language in use writes them. */
export interface Formats {
  number(value: number): string
  /** Bytes with a unit that suits: `812 byte`, `12.4 kB`, `1.2 MB`. */
  bytes(value: number): string
  date(ms: number): string
  dateTime(ms: number): string
  /** `5 minutes ago`, from `nowMs`. */
  ago(ms: number, nowMs: number): string
}

const STEPS: readonly { unit: Intl.RelativeTimeFormatUnit; ms: number }[] = [
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
]

/** The way that a language is written where somebody lives: British dates for who prefers `en-GB`, on an English page. */
export function writtenAs(language: string, preferred: readonly string[]): string {
  return preferred.find((tag) => tag.toLowerCase().split('-')[0] === language) ?? language
}

/** Formats for a language tag. */
export function createFormats(language: string): Formats {
  const number = new Intl.NumberFormat(language)
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium' })
  const dateTime = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' })
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  const inUnit = (unit: 'byte' | 'kilobyte' | 'megabyte') =>
    new Intl.NumberFormat(language, {
      style: 'unit',
      unit,
      unitDisplay: 'short',
      maximumFractionDigits: unit === 'byte' ? 0 : 1,
    })
  const byte = inUnit('byte')
  const kilobyte = inUnit('kilobyte')
  const megabyte = inUnit('megabyte')
  return {
    number: (value) => number.format(value),
    bytes(value) {
      if (value < 1_000) return byte.format(value)
      return value < 1_000_000 ? kilobyte.format(value / 1_000) : megabyte.format(value / 1_000_000)
    },
    date: (ms) => date.format(ms),
    dateTime: (ms) => dateTime.format(ms),
    ago(ms, nowMs) {
      const step = STEPS.find((candidate) => nowMs - ms >= candidate.ms)
      return step ? relative.format(-Math.floor((nowMs - ms) / step.ms), step.unit) : relative.format(0, 'second')
    },
  }
}
