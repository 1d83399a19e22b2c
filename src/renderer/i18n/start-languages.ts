import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { PSEUDO_LANGUAGE } from '../../shared/languages.ts'
import de from './de.json' with { type: 'json' }
import en from './en.json' with { type: 'json' }
import fi from './fi.json' with { type: 'json' }
import fr from './fr.json' with { type: 'json' }
import { pseudoCatalogue } from './pseudo-catalogue.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en }
  }
}

/** Makes the catalogues ready. All of them are in the page; nothing is loaded later. */
export async function startLanguages(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: {
      en: { translation: en },
      de: { translation: de },
      fr: { translation: fr },
      fi: { translation: fi },
      [PSEUDO_LANGUAGE]: { translation: pseudoCatalogue(en) },
    },
    // React escapes what it shows.
    interpolation: { escapeValue: false },
  })
}
