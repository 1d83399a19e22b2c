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
    'Benutzername und Kennwort prüfen. Mehr wurde nicht versucht, denn wiederholte falsche Kennwörter können das Konto sperren.',
  'channel-binding':
    'Wenn das Kennwort stimmt, verlangt der Server wohl Extended Protection: Ein Proxy oder Lastverteiler mit einem anderen Zertifikat als Exchange ist die Ursache. Den Administrator fragen.',
  'scheme-not-offered':
    'Der Server bietet das gewählte Anmeldeverfahren nicht an. Ein anderes wählen oder Rollcall wählen lassen.',
  'no-credentials': 'Das Kennwort des Kontos eingeben.',
  'account-locked':
    'Das Konto ist gesperrt. Warten oder es vom Administrator entsperren lassen; weitere Versuche halten es gesperrt.',
  'weaker-scheme':
    'Er bietet nur Basic an, obwohl vorher ein stärkeres Verfahren angeboten wurde. Das Kennwort wurde nicht gesendet. Wenn das richtig ist, Basic von Hand wählen.',
  'no-ticket':
    'Auf diesem Computer gibt es dafür kein Kerberos-Ticket. An der Domäne anmelden (unter Linux und macOS: kinit) oder ein Kennwort eingeben und NTLM wählen.',
  'host-not-agreed':
    'Eine Anmeldung ohne Kennwort geht nur an bestätigte Server. Wenn es der Server der Organisation ist, ihn bestätigen oder seine Adresse von Hand eingeben.',
  'ticket-refused':
    'Er hat das Kerberos-Ticket nicht angenommen. Auch Extended Protection auf „Erforderlich“ bewirkt das. Ein Kennwort eingeben und NTLM wählen oder den Administrator fragen.',
  'no-client-id':
    'Er verlangt die moderne Anmeldung (OAuth); dafür braucht es die Client-ID einer Registrierung in der Organisation. Sie wird in den Einstellungen eingegeben.',
  'no-longer-accepted':
    'Er hat dieselbe Anmeldung vorher angenommen. Wenn das Kennwort geändert wurde oder abgelaufen ist, erneut anmelden. Wenn es noch stimmt, lehnt der Server vielleicht wegen zu vieler Verbindungen ab: eine Weile warten und in den Einstellungen weniger Anfragen zugleich wählen. Mehr wurde nicht versucht.',
  'sign-in-again': 'Die moderne Anmeldung ist abgelaufen oder wurde widerrufen. Erneut anmelden.',
  'token-refused':
    'Er hat ein frisches Token abgelehnt. Den Administrator fragen, ob die Client-ID von Rollcall EWS benutzen darf und ob der Bereich in den Einstellungen zu diesem Server gehört.',
}

const NTLM =
  'Wenn beide stimmen, kann Extended Protection die Ursache sein: ein Proxy oder Lastverteiler mit einem anderen Zertifikat als Exchange. Den Administrator fragen.'

const LIBRARY: LibraryReasons = {
  corrupt:
    'Die Bibliothek neu aufbauen: Die beschädigte Datei wird beiseitegelegt, und alles wird erneut vom Server gelesen. Konten und Einstellungen bleiben.',
  'newer-version':
    'Sie stammt von einem neueren Rollcall. Rollcall aktualisieren oder die Bibliothek neu aufbauen: Die Datei wird beiseitegelegt, und alles wird erneut gelesen.',
  'key-missing':
    'Ihre Bilder sind verschlüsselt, und der Schlüssel fehlt im Kennwortspeicher des Systems. Den Speicher entsperren und erneut versuchen oder die Bibliothek neu aufbauen.',
  locked: 'Ein anderes Programm benutzt sie. Das andere Rollcall schließen und erneut versuchen.',
  'read-only':
    'In ihren Ordner kann nicht geschrieben werden. Die Rechte ändern oder einen anderen Datenordner wählen.',
  'disk-full': 'Der Datenträger ist voll. Platz schaffen und erneut versuchen.',
  unreadable: 'Sie kann nicht geöffnet werden. Den Datenordner und seine Rechte prüfen.',
}

const WAITS = { seconds: 'Sekunden', minutes: 'Minuten', hours: 'Stunden' } as const

function waitWords(waitMs: number): string {
  const { count, unit } = waitOf(waitMs)
  return `${count} ${WAITS[unit]}`
}

const REFUSED: RefusedTitles = {
  missing: (host) => `${host} verlangt ein Clientzertifikat und hat keines bekommen.`,
  'likely-missing': (host) =>
    `${host} hat den TLS-Verbindungsaufbau ohne Grund abgebrochen. Meist verlangt ein Server dann ein Clientzertifikat, und für dieses Konto ist keines gewählt.`,
  expired: (host) => `${host} nimmt das Clientzertifikat nicht an: Es ist abgelaufen.`,
  revoked: (host) => `${host} nimmt das Clientzertifikat nicht an: Es wurde widerrufen.`,
  'unknown-issuer': (host) => `${host} nimmt das Clientzertifikat nicht an: Der Aussteller ist ihm nicht bekannt.`,
  refused: (host) => `${host} nimmt das Clientzertifikat nicht an.`,
}
const CHOOSE_CERTIFICATE =
  'Unter „Erweitert“ das Zertifikat wählen, das die Organisation ausgestellt hat (.pfx, .p12 oder PEM). Gibt es keines, den Administrator fragen.'
const ANOTHER_CERTIFICATE =
  'Den Administrator um ein Zertifikat bitten, das der Server annimmt, und es unter „Erweitert“ wählen.'

const CLIENT_CERTIFICATE: ClientCertificateReasons = {
  'no-certificate': {
    title: 'Die gewählte Datei enthält kein Zertifikat.',
    nextStep: 'Eine .pfx- oder .p12-Datei wählen, oder PEM-Dateien mit dem Zertifikat und seinem privaten Schlüssel.',
  },
  'no-key': {
    title: 'Die gewählte Datei enthält ein Zertifikat ohne seinen privaten Schlüssel.',
    nextStep: 'Eine Datei mit beidem wählen (.pfx oder .p12), oder auch die PEM-Datei des Schlüssels.',
  },
  'key-mismatch': {
    title: 'Der private Schlüssel gehört nicht zum Zertifikat.',
    nextStep: 'Zertifikat und Schlüssel wählen, die zusammen erstellt wurden.',
  },
  'wrong-passphrase': {
    title: 'Das Kennwort des Clientzertifikats ist falsch oder fehlt.',
    nextStep: 'Das Kennwort der Datei eingeben.',
  },
  'old-encryption': {
    title: 'Das Clientzertifikat ist auf eine alte Art verschlüsselt, die nicht gelesen werden kann.',
    nextStep: 'Es mit AES-256 noch einmal exportieren.',
  },
  damaged: {
    title: 'Das Clientzertifikat kann nicht gelesen werden.',
    nextStep: 'Eine .pfx- oder .p12-Datei oder PEM-Dateien wählen, oder das Zertifikat noch einmal exportieren.',
  },
  expired: {
    title: 'Das Clientzertifikat ist zurzeit nicht gültig.',
    nextStep: 'Den Administrator um ein neues bitten, und das Datum dieses Computers prüfen.',
  },
}

const AUTHORITY: AuthorityReasons = {
  'no-certificate': {
    title: 'Die gewählte Datei enthält kein Zertifikat.',
    nextStep: 'Die Datei mit dem Zertifikat der Zertifizierungsstelle wählen, als PEM oder DER (.pem, .crt oder .cer).',
  },
  damaged: {
    title: 'Die gewählte Datei enthält ein Zertifikat, das nicht gelesen werden kann.',
    nextStep: 'Den Administrator noch einmal um das Zertifikat der Zertifizierungsstelle bitten, als PEM oder DER.',
  },
  expired: {
    title: 'Die Zertifikate in der gewählten Datei sind zurzeit nicht gültig.',
    nextStep:
      'Den Administrator um das jetzige Zertifikat der Zertifizierungsstelle bitten, und das Datum dieses Computers prüfen.',
  },
}

/** Errors in German. */
export const GERMAN: ErrorTranslations = {
  unauthorized: ({ endpoint, hint, scheme }) => ({
    title: `${hostOf(endpoint)} hat die Anmeldung abgelehnt.`,
    nextStep: hint === 'wrong-password' && scheme === 'ntlm' ? `${SIGN_IN[hint]} ${NTLM}` : SIGN_IN[hint],
  }),
  'oauth-failed': ({ endpoint, reason }) => ({
    title: `Die Anmeldung bei ${hostOf(endpoint)} ist nicht gelungen (${reason}).`,
    nextStep:
      'Erneut versuchen und die Angaben zu OAuth in den Einstellungen prüfen. Bleibt es so, dies dem Administrator zeigen.',
  }),
  'server-not-found': ({ address, tried }) => ({
    title: `Für ${address} wurde kein Exchange-Server gefunden.`,
    nextStep: `Gefragt: ${tried.length > 0 ? tried.join(', ') : 'niemand'}. Die Adresse prüfen oder die Adresse des Servers von Hand eingeben.`,
  }),
  unreachable: ({ endpoint, reason }) => ({
    title: `${hostOf(endpoint)} ist nicht erreichbar (${reason}).`,
    nextStep: 'Das Netzwerk prüfen und erneut versuchen. Was in der Bibliothek ist, bleibt nutzbar.',
  }),
  'certificate-untrusted': ({ endpoint, reason }) => ({
    title: `Dem Zertifikat von ${hostOf(endpoint)} wird nicht vertraut (${reason}).`,
    nextStep:
      'Hat die Organisation eine eigene Zertifizierungsstelle, deren Zertifikat angeben; sonst den Administrator fragen.',
  }),
  'client-certificate-refused': ({ endpoint, reason }) => ({
    title: REFUSED[reason](hostOf(endpoint)),
    nextStep: reason === 'missing' || reason === 'likely-missing' ? CHOOSE_CERTIFICATE : ANOTHER_CERTIFICATE,
  }),
  'client-certificate-file': ({ reason }) => CLIENT_CERTIFICATE[reason],
  'authority-file': ({ reason }) => AUTHORITY[reason],
  throttled: ({ endpoint, retryAfterMs }) => ({
    title: `${hostOf(endpoint)} ist ausgelastet.`,
    nextStep: `Er bittet um ${waitWords(retryAfterMs)} Geduld; danach geht die Arbeit von selbst weiter.`,
  }),
  forbidden: ({ endpoint }) => ({
    title: `${hostOf(endpoint)} erlaubt diesem Konto keine Exchange-Webdienste.`,
    nextStep: 'Den Administrator fragen, ob EWS für die Organisation, das Konto oder Rollcall abgeschaltet ist.',
  }),
  'unexpected-answer': ({ endpoint, status, detail }) => ({
    title: `${hostOf(endpoint)} gab eine unverständliche Antwort${status === null ? '' : ` (HTTP ${status})`}: ${detail}.`,
    nextStep: 'Später erneut versuchen. Bleibt es so, dies dem Administrator zeigen.',
  }),
  'redirect-refused': ({ endpoint, target }) => ({
    title: `${hostOf(endpoint)} verweist auf ${hostOf(target)}, dem das Kennwort nicht anvertraut wird.`,
    nextStep: 'Wenn dieser Server richtig ist, seine EWS-Adresse von Hand eingeben.',
  }),
  'consent-needed': ({ endpoint, host }) => ({
    title: `${hostOf(endpoint)} verweist auf ${host}, das außerhalb der Maildomäne liegt.`,
    nextStep:
      'Gehört dieser Server der Organisation oder ihrem Anbieter, ihm vertrauen; sonst den Administrator fragen.',
  }),
  cancelled: () => ({ title: 'Abgebrochen.', nextStep: 'Was vorher fertig war, bleibt erhalten.' }),
  'not-connected': () => ({
    title: 'Kein Konto ist verbunden.',
    nextStep: 'Ein Konto verbinden oder die Demo-Organisation verwenden.',
  }),
  'invalid-input': ({ field, reason }) => ({
    title: `${field}: ${reason}.`,
    nextStep: 'Berichtigen und erneut versuchen.',
  }),
  'not-supported': ({ feature }) => ({
    title: `${feature}: in dieser Version von Rollcall nicht enthalten.`,
    nextStep: 'Einen anderen Weg wählen.',
  }),
  'library-unusable': ({ detail, reason }) => ({
    title: `Die Bibliothek kann nicht benutzt werden: ${detail}.`,
    nextStep: LIBRARY[reason],
  }),
  'not-writable': ({ target, reason }) => ({
    title: `${target} kann nicht geschrieben werden (${reason}).`,
    nextStep: 'Einen anderen Ordner wählen.',
  }),
  'unknown-person': ({ address }) => ({
    title: `${address} ist hier nicht bekannt.`,
    nextStep: 'Nach der Person suchen oder das Verzeichnis lesen.',
  }),
  'no-photo': ({ address }) => ({
    title: `${address} hat kein Foto.`,
    nextStep: 'Für diese Person gibt es nichts zu exportieren.',
  }),
  'photo-unreadable': ({ address }) => ({
    title: `Das Foto von ${address} ist nicht lesbar.`,
    nextStep:
      'Mit einem Größencode exportieren, um die empfangenen Bytes zu erhalten; die Person sollte es neu hochladen.',
  }),
  'photo-too-large': ({ address, limitBytes }) => ({
    title: `Das Foto von ${address} ist größer als ${Math.round(limitBytes / 1_000_000)} MB und wurde nicht gelesen.`,
    nextStep: 'Die Person sollte ein kleineres hochladen.',
  }),
  'name-taken': ({ name }) => ({
    title: `${name} gibt es bereits.`,
    nextStep: 'Einen anderen Ordner wählen oder die Datei verschieben.',
  }),
  'unknown-reference': ({ what }) => ({ title: `${what}: nicht mehr bekannt.`, nextStep: 'Im Fenster neu beginnen.' }),
  incident: ({ incidentId }) => ({
    title: `In Rollcall ist etwas schiefgegangen (Vorfall ${incidentId}).`,
    nextStep: 'Das Protokoll hat die Einzelheiten unter dieser Nummer.',
  }),
}
