/** The clouds of Exchange Online: where EWS is, and where people sign in. */
const CLOUDS = [
  { ews: 'outlook.office365.com', authority: 'login.microsoftonline.com' },
  { ews: 'outlook.office365.us', authority: 'login.microsoftonline.us' },
  { ews: 'outlook-dod.office365.us', authority: 'login.microsoftonline.us' },
  { ews: 'partner.outlook.cn', authority: 'login.partner.microsoftonline.cn' },
] as const

/** Other names under which Exchange Online answers, Autodiscover's among them; their names below count, too. */
const OTHER_NAMES = [
  ...['office365.com', 'office.com', 'office365.us', 'outlook.com', 'outlook.cn', 'outlook.office.de'],
  'webmail.apps.mil',
] as const

/** Sign-in servers of Microsoft's clouds, the older name of the first one included. */
const MICROSOFT_AUTHORITIES: readonly string[] = [...CLOUDS.map(({ authority }) => authority), 'login.windows.net']

/** One cloud of Exchange Online. Hosts. */
export interface ExchangeOnlineCloud {
  readonly ews: string
  readonly authority: string
}

/** The cloud that a host belongs to; null when it is no host of Exchange Online. */
export function exchangeOnlineCloud(host: string): ExchangeOnlineCloud | null {
  const name = host.toLowerCase().replace(/\.$/, '')
  const known = CLOUDS.find(({ ews }) => ews === name)
  if (known !== undefined) return known
  if (!OTHER_NAMES.some((other) => name === other || name.endsWith(`.${other}`))) return null
  if (name.endsWith('.us') || name.endsWith('.mil')) return CLOUDS[1]
  return name.endsWith('.cn') ? CLOUDS[3] : CLOUDS[0]
}

/** Whether an address is one of Exchange Online's. */
export function isExchangeOnlineUrl(url: string): boolean {
  return URL.canParse(url) && exchangeOnlineCloud(new URL(url).hostname) !== null
}

/** Whether a host is a sign-in server of Microsoft's clouds. */
export function isMicrosoftAuthority(host: string): boolean {
  return MICROSOFT_AUTHORITIES.includes(host.toLowerCase())
}

/** What the end of EWS means there (F11). @see protocol.md 6.1; Microsoft's message MC1227454 */
export const EXCHANGE_ONLINE_WORDS = {
  title: 'This is Exchange Online.',
  text: 'Since 1 October 2026 Microsoft switches Exchange Web Services (EWS) off there, one organisation after the other; on 1 April 2027 they end for all. Exchange Server in your own organisation is not affected.',
  nextStep:
    'Until then Rollcall works there when the administrator sets EWSEnabled to True and adds Rollcall’s client ID to EwsAllowedAppIDs. This can take 24 hours.',
} as const
