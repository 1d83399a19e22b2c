/** The languages of the page, each in full. */
export const LANGUAGES = ['en', 'de', 'fr', 'fi'] as const
export type Language = (typeof LANGUAGES)[number]

/**
 * English written from right to left, as Chromium calls it: proves that the layout mirrors without anybody reading Arabic.
 * It can be set, and is offered to nobody.
 */
export const PSEUDO_LANGUAGE = 'ar-XB'
