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
    'Vérifier le nom d’utilisateur et le mot de passe. Rien d’autre n’a été essayé, car des mots de passe faux répétés peuvent verrouiller le compte.',
  'channel-binding':
    'Si le mot de passe est juste, le serveur exige sans doute la protection étendue : un proxy ou un répartiteur avec un autre certificat qu’Exchange en est la cause. Demander à l’administrateur.',
  'scheme-not-offered':
    'Le serveur ne propose pas la méthode de connexion choisie. En choisir une autre, ou laisser Rollcall choisir.',
  'no-credentials': 'Saisir le mot de passe du compte.',
  'account-locked':
    'Le compte est verrouillé. Attendre, ou le faire déverrouiller par l’administrateur ; d’autres essais le gardent verrouillé.',
  'weaker-scheme':
    'Il ne propose que Basic, alors qu’une méthode plus forte était proposée avant. Le mot de passe n’a pas été envoyé. Si c’est correct, choisir Basic à la main.',
  'no-ticket':
    'Il n’y a pas de ticket Kerberos pour lui sur cet ordinateur. Se connecter au domaine (sous Linux et macOS : kinit), ou saisir un mot de passe et choisir NTLM.',
  'host-not-agreed':
    'Une connexion sans mot de passe ne va qu’aux serveurs confirmés. Si c’est le serveur de l’organisation, le confirmer, ou saisir son adresse à la main.',
  'ticket-refused':
    'Il n’a pas accepté le ticket Kerberos. La protection étendue réglée sur « Exiger » a aussi cet effet. Saisir un mot de passe et choisir NTLM, ou demander à l’administrateur.',
  'no-client-id':
    'Il demande la connexion moderne (OAuth), qui exige l’ID client d’une inscription dans l’organisation. Le saisir dans les paramètres.',
  'no-longer-accepted':
    'Il avait accepté la même connexion auparavant. Si le mot de passe a changé ou expiré, se connecter à nouveau. S’il est toujours bon, le serveur refuse peut-être à cause d’un trop grand nombre de connexions : attendre un peu et choisir moins de requêtes simultanées dans les réglages. Rien d’autre n’a été essayé.',
  'sign-in-again': 'La connexion moderne a pris fin ou a été révoquée. Se connecter à nouveau.',
  'token-refused':
    'Il a refusé un jeton récent. Demander à l’administrateur si l’ID client de Rollcall peut utiliser EWS, et si l’étendue des paramètres est celle de ce serveur.',
}

const NTLM =
  'S’ils sont justes, la protection étendue peut être la cause : un proxy ou un répartiteur avec un autre certificat qu’Exchange. Demander à l’administrateur.'

const LIBRARY: LibraryReasons = {
  corrupt:
    'Reconstruire la bibliothèque : le fichier abîmé est mis de côté et tout est relu depuis le serveur. Les comptes et les paramètres restent.',
  'newer-version':
    'Elle vient d’un Rollcall plus récent. Mettre Rollcall à jour, ou reconstruire la bibliothèque : le fichier est mis de côté et tout est relu.',
  'key-missing':
    'Ses images sont chiffrées et la clé n’est pas dans le coffre du système. Déverrouiller le coffre et réessayer, ou reconstruire la bibliothèque.',
  locked: 'Un autre programme l’utilise. Fermer l’autre Rollcall, puis réessayer.',
  'read-only':
    'Son dossier n’est pas accessible en écriture. Changer les droits, ou choisir un autre dossier de données.',
  'disk-full': 'Le disque est plein. Libérer de la place, puis réessayer.',
  unreadable: 'Elle ne peut pas être ouverte. Vérifier le dossier de données et ses droits.',
}

const WAITS = { seconds: 'secondes', minutes: 'minutes', hours: 'heures' } as const

function waitWords(waitMs: number): string {
  const { count, unit } = waitOf(waitMs)
  return `${count} ${WAITS[unit]}`
}

const REFUSED: RefusedTitles = {
  missing: (host) => `${host} demande un certificat client et n’en a pas reçu.`,
  'likely-missing': (host) =>
    `${host} a interrompu la connexion TLS sans en dire la raison. Le plus souvent, le serveur demande alors un certificat client, et aucun n’est choisi pour ce compte.`,
  expired: (host) => `${host} n’accepte pas le certificat client : il a expiré.`,
  revoked: (host) => `${host} n’accepte pas le certificat client : il a été révoqué.`,
  'unknown-issuer': (host) => `${host} n’accepte pas le certificat client : il n’en connaît pas l’émetteur.`,
  refused: (host) => `${host} n’accepte pas le certificat client.`,
}
const CHOOSE_CERTIFICATE =
  'Choisir sous « Avancé » le certificat émis par l’organisation (.pfx, .p12 ou PEM). S’il n’y en a pas, demander à l’administrateur.'
const ANOTHER_CERTIFICATE =
  'Demander à l’administrateur un certificat que le serveur accepte, et le choisir sous « Avancé ».'

const CLIENT_CERTIFICATE: ClientCertificateReasons = {
  'no-certificate': {
    title: 'Le fichier choisi ne contient aucun certificat.',
    nextStep: 'Choisir un fichier .pfx ou .p12, ou des fichiers PEM avec le certificat et sa clé privée.',
  },
  'no-key': {
    title: 'Le fichier choisi contient un certificat sans sa clé privée.',
    nextStep: 'Choisir un fichier qui contient les deux (.pfx ou .p12), ou aussi le fichier PEM de la clé.',
  },
  'key-mismatch': {
    title: 'La clé privée n’est pas celle du certificat.',
    nextStep: 'Choisir le certificat et la clé qui ont été faits ensemble.',
  },
  'wrong-passphrase': {
    title: 'Le mot de passe du certificat client est faux ou manque.',
    nextStep: 'Saisir le mot de passe du fichier.',
  },
  'old-encryption': {
    title: 'Le certificat client est chiffré d’une manière ancienne qui ne peut pas être lue.',
    nextStep: 'L’exporter à nouveau avec le chiffrement AES-256.',
  },
  damaged: {
    title: 'Le certificat client est illisible.',
    nextStep: 'Choisir un fichier .pfx ou .p12 ou des fichiers PEM, ou exporter à nouveau le certificat.',
  },
  expired: {
    title: 'Le certificat client n’est pas valable en ce moment.',
    nextStep: 'En demander un nouveau à l’administrateur, et vérifier la date de cet ordinateur.',
  },
}

const AUTHORITY: AuthorityReasons = {
  'no-certificate': {
    title: 'Le fichier choisi ne contient aucun certificat.',
    nextStep: 'Choisir le fichier du certificat de l’autorité, en PEM ou DER (.pem, .crt ou .cer).',
  },
  damaged: {
    title: 'Le fichier choisi contient un certificat illisible.',
    nextStep: 'Demander à nouveau à l’administrateur le certificat de l’autorité, en PEM ou DER.',
  },
  expired: {
    title: 'Les certificats du fichier choisi ne sont pas valables en ce moment.',
    nextStep: 'Demander à l’administrateur le certificat actuel de l’autorité, et vérifier la date de cet ordinateur.',
  },
}

/** Errors in French. */
export const FRENCH: ErrorTranslations = {
  unauthorized: ({ endpoint, hint, scheme }) => ({
    title: `${hostOf(endpoint)} a refusé la connexion.`,
    nextStep: hint === 'wrong-password' && scheme === 'ntlm' ? `${SIGN_IN[hint]} ${NTLM}` : SIGN_IN[hint],
  }),
  'oauth-failed': ({ endpoint, reason }) => ({
    title: `La connexion auprès de ${hostOf(endpoint)} n’a pas abouti (${reason}).`,
    nextStep: 'Réessayer, et vérifier OAuth dans les paramètres. Si cela persiste, le montrer à l’administrateur.',
  }),
  'server-not-found': ({ address, tried }) => ({
    title: `Aucun serveur Exchange n’a été trouvé pour ${address}.`,
    nextStep: `Interrogés : ${tried.length > 0 ? tried.join(', ') : 'personne'}. Vérifier l’adresse, ou saisir l’adresse du serveur à la main.`,
  }),
  unreachable: ({ endpoint, reason }) => ({
    title: `${hostOf(endpoint)} est injoignable (${reason}).`,
    nextStep: 'Vérifier le réseau, puis réessayer. Ce qui est dans la bibliothèque reste utilisable.',
  }),
  'certificate-untrusted': ({ endpoint, reason }) => ({
    title: `Le certificat de ${hostOf(endpoint)} n’est pas digne de confiance (${reason}).`,
    nextStep:
      'Si l’organisation a sa propre autorité de certification, donner son certificat ; sinon, demander à l’administrateur.',
  }),
  'client-certificate-refused': ({ endpoint, reason }) => ({
    title: REFUSED[reason](hostOf(endpoint)),
    nextStep: reason === 'missing' || reason === 'likely-missing' ? CHOOSE_CERTIFICATE : ANOTHER_CERTIFICATE,
  }),
  'client-certificate-file': ({ reason }) => CLIENT_CERTIFICATE[reason],
  'authority-file': ({ reason }) => AUTHORITY[reason],
  throttled: ({ endpoint, retryAfterMs }) => ({
    title: `${hostOf(endpoint)} est occupé.`,
    nextStep: `Il demande d’attendre ${waitWords(retryAfterMs)} ; le travail reprend ensuite tout seul.`,
  }),
  forbidden: ({ endpoint }) => ({
    title: `${hostOf(endpoint)} n’autorise pas les services web Exchange pour ce compte.`,
    nextStep: 'Demander à l’administrateur si EWS est coupé pour l’organisation, le compte ou Rollcall.',
  }),
  'unexpected-answer': ({ endpoint, status, detail }) => ({
    title: `${hostOf(endpoint)} a donné une réponse incompréhensible${status === null ? '' : ` (HTTP ${status})`} : ${detail}.`,
    nextStep: 'Réessayer plus tard. Si cela persiste, le montrer à l’administrateur.',
  }),
  'redirect-refused': ({ endpoint, target }) => ({
    title: `${hostOf(endpoint)} renvoie à ${hostOf(target)}, à qui le mot de passe n’est pas confié.`,
    nextStep: 'Si ce serveur est le bon, saisir son adresse EWS à la main.',
  }),
  'consent-needed': ({ endpoint, host }) => ({
    title: `${hostOf(endpoint)} renvoie à ${host}, qui est hors du domaine de messagerie.`,
    nextStep:
      'Si ce serveur est celui de l’organisation ou de son fournisseur, lui faire confiance ; sinon, demander à l’administrateur.',
  }),
  cancelled: () => ({ title: 'Annulé.', nextStep: 'Ce qui était terminé est conservé.' }),
  'not-connected': () => ({
    title: 'Aucun compte n’est connecté.',
    nextStep: 'Connecter un compte, ou utiliser l’organisation de démonstration.',
  }),
  'invalid-input': ({ field, reason }) => ({ title: `${field} : ${reason}.`, nextStep: 'Corriger, puis réessayer.' }),
  'not-supported': ({ feature }) => ({
    title: `${feature} : absent de cette version de Rollcall.`,
    nextStep: 'Choisir une autre voie.',
  }),
  'library-unusable': ({ detail, reason }) => ({
    title: `La bibliothèque ne peut pas être utilisée : ${detail}.`,
    nextStep: LIBRARY[reason],
  }),
  'not-writable': ({ target, reason }) => ({
    title: `${target} ne peut pas être écrit (${reason}).`,
    nextStep: 'Choisir un autre dossier.',
  }),
  'unknown-person': ({ address }) => ({
    title: `${address} n’est pas connu ici.`,
    nextStep: 'Rechercher la personne, ou lire l’annuaire.',
  }),
  'no-photo': ({ address }) => ({
    title: `${address} n’a pas de photo.`,
    nextStep: 'Il n’y a rien à exporter pour cette personne.',
  }),
  'photo-unreadable': ({ address }) => ({
    title: `La photo de ${address} est illisible.`,
    nextStep: 'L’exporter avec un code de taille pour avoir les octets reçus ; la personne devrait la renvoyer.',
  }),
  'photo-too-large': ({ address, limitBytes }) => ({
    title: `La photo de ${address} dépasse ${Math.round(limitBytes / 1_000_000)} Mo et n’a pas été lue.`,
    nextStep: 'La personne devrait en envoyer une plus petite.',
  }),
  'name-taken': ({ name }) => ({
    title: `${name} existe déjà.`,
    nextStep: 'Choisir un autre dossier, ou déplacer le fichier.',
  }),
  'unknown-reference': ({ what }) => ({
    title: `${what} : n’est plus connu.`,
    nextStep: 'Recommencer depuis la fenêtre.',
  }),
  incident: ({ incidentId }) => ({
    title: `Une erreur s’est produite dans Rollcall (incident ${incidentId}).`,
    nextStep: 'Le journal a les détails sous ce numéro.',
  }),
}
