import type { ErrorWords } from '../../../shared/error-words.ts'
import type { AppError } from '../../../shared/errors.ts'

type ErrorOf<Code extends AppError['code']> = Extract<AppError, { code: Code }>

/** The words of one language for every error; the compiler refuses a missing one. */
export type ErrorTranslations = {
  readonly [Code in AppError['code']]: (error: ErrorOf<Code>) => ErrorWords
}
export type SignInHints = Readonly<Record<ErrorOf<'unauthorized'>['hint'], string>>
export type LibraryReasons = Readonly<Record<ErrorOf<'library-unusable'>['reason'], string>>

export type RefusedTitles = Readonly<Record<ErrorOf<'client-certificate-refused'>['reason'], (host: string) => string>>
export type ClientCertificateReasons = Readonly<Record<ErrorOf<'client-certificate-file'>['reason'], ErrorWords>>
export type AuthorityReasons = Readonly<Record<ErrorOf<'authority-file'>['reason'], ErrorWords>>

/** The host of a URL for people; the text itself when it is not a URL. */
export function hostOf(endpoint: string): string {
  return URL.canParse(endpoint) ? new URL(endpoint).host : endpoint
}

/** Words from a language's translations. */
export function translateError<Code extends AppError['code']>(
  translations: ErrorTranslations,
  error: ErrorOf<Code> & { code: Code },
): ErrorWords {
  const words: (error: ErrorOf<Code>) => ErrorWords = translations[error.code]
  return words(error)
}
