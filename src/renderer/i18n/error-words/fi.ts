import { waitOf } from '../../../shared/wait-words.ts'
import {
  type AuthorityReasons,
  type ClientCertificateReasons,
  type ErrorTranslations,
  hostOf,
  type LibraryReasons,
  type RefusedTitles,
  type SignInHints,
} from './error-translations.ts'

const SIGN_IN: SignInHints = {
  'wrong-password':
    'Tarkista käyttäjänimi ja salasana. Muuta ei yritetty, koska toistuvat väärät salasanat voivat lukita tilin.',
  'channel-binding':
    'Jos salasana on oikea, palvelin vaatii ilmeisesti Extended Protection -suojausta: syynä on välityspalvelin tai kuormantasaaja, jolla on eri varmenne kuin Exchangella. Kysy ylläpitäjältä.',
  'scheme-not-offered': 'Palvelin ei tarjoa valittua kirjautumistapaa. Valitse toinen tai anna Rollcallin valita.',
  'no-credentials': 'Anna tilin salasana.',
  'account-locked': 'Tili on lukittu. Odota tai pyydä ylläpitäjää avaamaan se; uudet yritykset pitävät sen lukittuna.',
  'weaker-scheme':
    'Se tarjoaa vain Basic-tavan, vaikka aiemmin tarjottiin vahvempaa. Salasanaa ei lähetetty. Jos tämä on oikein, valitse Basic itse.',
  'no-ticket':
    'Tällä tietokoneella ei ole sille Kerberos-lippua. Kirjaudu toimialueelle (Linux ja macOS: kinit) tai anna salasana ja valitse NTLM.',
  'host-not-agreed':
    'Kirjautuminen ilman salasanaa sallitaan vain vahvistetuille palvelimille. Jos tämä on organisaation palvelin, vahvista se tai anna sen osoite itse.',
  'ticket-refused':
    'Se ei hyväksynyt Kerberos-lippua. Myös pakollinen Extended Protection aiheuttaa tämän. Anna salasana ja valitse NTLM, tai kysy ylläpitäjältä.',
  'no-client-id':
    'Se vaatii modernin kirjautumisen (OAuth), johon tarvitaan organisaatiossa rekisteröity asiakastunnus. Anna se asetuksissa.',
  'no-longer-accepted':
    'Se hyväksyi saman kirjautumisen aiemmin. Jos salasana on vaihtunut tai vanhentunut, kirjaudu uudelleen. Jos se on yhä oikea, palvelin saattaa kieltäytyä liian monen yhteyden vuoksi: odota hetki ja valitse asetuksista vähemmän yhtäaikaisia pyyntöjä. Muuta ei yritetty.',
  'sign-in-again': 'Moderni kirjautuminen on päättynyt tai peruttu. Kirjaudu uudelleen.',
  'token-refused':
    'Se torjui tuoreen tunnuksen. Kysy ylläpitäjältä, saako Rollcallin asiakastunnus käyttää EWS:ää ja kuuluuko asetusten käyttöalue tälle palvelimelle.',
}

const NTLM =
  'Jos ne ovat oikein, syynä voi olla Extended Protection: välityspalvelin tai kuormantasaaja, jolla on eri varmenne kuin Exchangella. Kysy ylläpitäjältä.'

const LIBRARY: LibraryReasons = {
  corrupt:
    'Rakenna kirjasto uudelleen: vioittunut tiedosto siirretään syrjään ja kaikki luetaan palvelimelta uudelleen. Tilit ja asetukset säilyvät.',
  'newer-version':
    'Sen on kirjoittanut uudempi Rollcall. Päivitä Rollcall tai rakenna kirjasto uudelleen: tiedosto siirretään syrjään ja kaikki luetaan uudelleen.',
  'key-missing':
    'Sen kuvat on salattu, eikä avain ole järjestelmän salasanavarastossa. Avaa varasto ja yritä uudelleen, tai rakenna kirjasto uudelleen.',
  locked: 'Toinen ohjelma käyttää sitä. Sulje toinen Rollcall ja yritä uudelleen.',
  'read-only': 'Sen kansioon ei voi kirjoittaa. Muuta oikeuksia tai valitse toinen tietokansio.',
  'disk-full': 'Levy on täynnä. Vapauta tilaa ja yritä uudelleen.',
  unreadable: 'Sitä ei voi avata. Tarkista tietokansio ja sen oikeudet.',
}

const WAITS = { seconds: 'sekuntia', minutes: 'minuuttia', hours: 'tuntia' } as const

function waitWords(waitMs: number): string {
  const { count, unit } = waitOf(waitMs)
  return `${count} ${WAITS[unit]}`
}

const REFUSED: RefusedTitles = {
  missing: (host) => `Palvelin ${host} vaatii asiakasvarmenteen, mutta ei saanut sellaista.`,
  'likely-missing': (host) =>
    `Palvelin ${host} katkaisi TLS-kättelyn kertomatta syytä. Yleensä palvelin vaatii silloin asiakasvarmenteen, eikä tälle tilille ole valittu sellaista.`,
  expired: (host) => `Palvelin ${host} ei hyväksy asiakasvarmennetta: se on vanhentunut.`,
  revoked: (host) => `Palvelin ${host} ei hyväksy asiakasvarmennetta: se on peruttu.`,
  'unknown-issuer': (host) => `Palvelin ${host} ei hyväksy asiakasvarmennetta: se ei tunne myöntäjää.`,
  refused: (host) => `Palvelin ${host} ei hyväksy asiakasvarmennetta.`,
}
const CHOOSE_CERTIFICATE =
  'Valitse Lisäasetuksista varmenne, jonka organisaatio on myöntänyt (.pfx, .p12 tai PEM). Jos sellaista ei ole, kysy ylläpitäjältä.'
const ANOTHER_CERTIFICATE = 'Pyydä ylläpitäjältä varmenne, jonka palvelin hyväksyy, ja valitse se Lisäasetuksista.'

const CLIENT_CERTIFICATE: ClientCertificateReasons = {
  'no-certificate': {
    title: 'Valitussa tiedostossa ei ole varmennetta.',
    nextStep: 'Valitse .pfx- tai .p12-tiedosto tai PEM-tiedostot, joissa on varmenne ja sen yksityinen avain.',
  },
  'no-key': {
    title: 'Valitussa tiedostossa on varmenne ilman yksityistä avainta.',
    nextStep: 'Valitse tiedosto, jossa on molemmat (.pfx tai .p12), tai myös avaimen PEM-tiedosto.',
  },
  'key-mismatch': {
    title: 'Yksityinen avain ei kuulu varmenteeseen.',
    nextStep: 'Valitse varmenne ja avain, jotka on tehty yhdessä.',
  },
  'wrong-passphrase': {
    title: 'Asiakasvarmenteen salasana on väärä tai puuttuu.',
    nextStep: 'Anna tiedoston salasana.',
  },
  'old-encryption': {
    title: 'Asiakasvarmenne on salattu vanhalla tavalla, jota ei voi lukea.',
    nextStep: 'Vie se uudelleen AES-256-salauksella.',
  },
  damaged: {
    title: 'Asiakasvarmennetta ei voi lukea.',
    nextStep: 'Valitse .pfx- tai .p12-tiedosto tai PEM-tiedostot, tai vie varmenne uudelleen.',
  },
  expired: {
    title: 'Asiakasvarmenne ei ole nyt voimassa.',
    nextStep: 'Pyydä ylläpitäjältä uusi, ja tarkista tämän tietokoneen päivämäärä.',
  },
}

const AUTHORITY: AuthorityReasons = {
  'no-certificate': {
    title: 'Valitussa tiedostossa ei ole varmennetta.',
    nextStep: 'Valitse varmentajan varmenteen tiedosto, PEM- tai DER-muodossa (.pem, .crt tai .cer).',
  },
  damaged: {
    title: 'Valitussa tiedostossa on varmenne, jota ei voi lukea.',
    nextStep: 'Pyydä ylläpitäjältä varmentajan varmenne uudelleen, PEM- tai DER-muodossa.',
  },
  expired: {
    title: 'Valitun tiedoston varmenteet eivät ole nyt voimassa.',
    nextStep: 'Pyydä ylläpitäjältä varmentajan nykyinen varmenne, ja tarkista tämän tietokoneen päivämäärä.',
  },
}

/** Errors in Finnish. */
export const FINNISH: ErrorTranslations = {
  unauthorized: ({ endpoint, hint, scheme }) => ({
    title: `${hostOf(endpoint)} torjui kirjautumisen.`,
    nextStep: hint === 'wrong-password' && scheme === 'ntlm' ? `${SIGN_IN[hint]} ${NTLM}` : SIGN_IN[hint],
  }),
  'oauth-failed': ({ endpoint, reason }) => ({
    title: `Kirjautuminen palvelimelle ${hostOf(endpoint)} ei onnistunut (${reason}).`,
    nextStep: 'Yritä uudelleen ja tarkista OAuth-asetukset. Jos tilanne jatkuu, näytä tämä ylläpitäjälle.',
  }),
  'server-not-found': ({ address, tried }) => ({
    title: `Osoitteelle ${address} ei löytynyt Exchange-palvelinta.`,
    nextStep: `Kysyttiin: ${tried.length > 0 ? tried.join(', ') : 'ei keneltäkään'}. Tarkista osoite tai anna palvelimen osoite itse.`,
  }),
  unreachable: ({ endpoint, reason }) => ({
    title: `Palvelinta ${hostOf(endpoint)} ei tavoiteta (${reason}).`,
    nextStep: 'Tarkista verkko ja yritä uudelleen. Kirjaston sisältö on käytettävissä.',
  }),
  'certificate-untrusted': ({ endpoint, reason }) => ({
    title: `Palvelimen ${hostOf(endpoint)} varmenteeseen ei luoteta (${reason}).`,
    nextStep: 'Jos organisaatiolla on oma varmentaja, anna sen varmenne; muuten kysy ylläpitäjältä.',
  }),
  'client-certificate-refused': ({ endpoint, reason }) => ({
    title: REFUSED[reason](hostOf(endpoint)),
    nextStep: reason === 'missing' || reason === 'likely-missing' ? CHOOSE_CERTIFICATE : ANOTHER_CERTIFICATE,
  }),
  'client-certificate-file': ({ reason }) => CLIENT_CERTIFICATE[reason],
  'authority-file': ({ reason }) => AUTHORITY[reason],
  throttled: ({ endpoint, retryAfterMs }) => ({
    title: `${hostOf(endpoint)} on kuormittunut.`,
    nextStep: `Se pyytää odottamaan ${waitWords(retryAfterMs)}; sen jälkeen työ jatkuu itsestään.`,
  }),
  forbidden: ({ endpoint }) => ({
    title: `${hostOf(endpoint)} ei salli Exchangen verkkopalveluja tälle tilille.`,
    nextStep: 'Kysy ylläpitäjältä, onko EWS poistettu käytöstä organisaatiolta, tililtä tai Rollcallilta.',
  }),
  'unexpected-answer': ({ endpoint, status, detail }) => ({
    title: `${hostOf(endpoint)} antoi käsittämättömän vastauksen${status === null ? '' : ` (HTTP ${status})`}: ${detail}.`,
    nextStep: 'Yritä myöhemmin uudelleen. Jos tilanne jatkuu, näytä tämä ylläpitäjälle.',
  }),
  'redirect-refused': ({ endpoint, target }) => ({
    title: `${hostOf(endpoint)} ohjaa palvelimelle ${hostOf(target)}, jolle salasanaa ei anneta.`,
    nextStep: 'Jos palvelin on oikea, anna sen EWS-osoite itse.',
  }),
  'consent-needed': ({ endpoint, host }) => ({
    title: `${hostOf(endpoint)} ohjaa palvelimelle ${host}, joka on sähköpostin verkkotunnuksen ulkopuolella.`,
    nextStep: 'Jos palvelin on organisaation tai sen palveluntarjoajan, luota siihen; muuten kysy ylläpitäjältä.',
  }),
  cancelled: () => ({ title: 'Peruutettu.', nextStep: 'Aiemmin valmistunut on tallessa.' }),
  'not-connected': () => ({
    title: 'Tiliä ei ole yhdistetty.',
    nextStep: 'Yhdistä tili tai käytä esittelyorganisaatiota.',
  }),
  'invalid-input': ({ field, reason }) => ({ title: `${field}: ${reason}.`, nextStep: 'Korjaa ja yritä uudelleen.' }),
  'not-supported': ({ feature }) => ({
    title: `${feature}: ei kuulu tähän Rollcallin versioon.`,
    nextStep: 'Valitse toinen tapa.',
  }),
  'library-unusable': ({ detail, reason }) => ({
    title: `Kirjastoa ei voi käyttää: ${detail}.`,
    nextStep: LIBRARY[reason],
  }),
  'not-writable': ({ target, reason }) => ({
    title: `Kohteeseen ${target} ei voi kirjoittaa (${reason}).`,
    nextStep: 'Valitse toinen kansio.',
  }),
  'unknown-person': ({ address }) => ({
    title: `${address} ei ole tuttu täällä.`,
    nextStep: 'Hae henkilöä tai lue hakemisto.',
  }),
  'no-photo': ({ address }) => ({
    title: `Osoitteella ${address} ei ole kuvaa.`,
    nextStep: 'Tästä henkilöstä ei ole mitään vietävää.',
  }),
  'photo-unreadable': ({ address }) => ({
    title: `Osoitteen ${address} kuvaa ei voi lukea.`,
    nextStep: 'Vie se kokokoodilla, niin saat vastaanotetut tavut; henkilön pitäisi ladata kuva uudelleen.',
  }),
  'photo-too-large': ({ address, limitBytes }) => ({
    title: `Osoitteen ${address} kuva on yli ${Math.round(limitBytes / 1_000_000)} Mt, eikä sitä luettu.`,
    nextStep: 'Henkilön pitäisi ladata pienempi kuva.',
  }),
  'name-taken': ({ name }) => ({
    title: `${name} on jo olemassa.`,
    nextStep: 'Valitse toinen kansio tai siirrä tiedosto pois.',
  }),
  'unknown-reference': ({ what }) => ({ title: `${what}: ei enää tiedossa.`, nextStep: 'Aloita ikkunasta uudelleen.' }),
  incident: ({ incidentId }) => ({
    title: `Rollcallissa tapahtui virhe (tapaus ${incidentId}).`,
    nextStep: 'Lokissa on tiedot tällä numerolla.',
  }),
}
