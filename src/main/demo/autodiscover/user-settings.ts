import type { DemoPerson } from '../demo-types.ts'
import { SCHEMA_VERSIONS, SERVER_VERSION } from '../http/namespaces.ts'
import { DEMO_COMPANY, DEMO_MAIL_HOST } from '../organisation/company.ts'

/** Values by the names of the Autodiscover settings. */
export type UserSettings = ReadonlyMap<string, string>

/** The server's address. No port: it listens where the names lead. */
export const DEMO_URL = `https://${DEMO_MAIL_HOST}`
/** EWS as Autodiscover tells it. */
export const DEMO_EWS_URL = `${DEMO_URL}/EWS/Exchange.asmx`

/** The X.500 name of a mailbox, as Exchange has them still. */
export function legacyDn(person: DemoPerson): string {
  return `/o=${DEMO_COMPANY}/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=${person.alias}`
}

/** What Autodiscover knows of a mailbox. @see Setting (SOAP) */
export function userSettings(person: DemoPerson): UserSettings {
  const { major, minor, majorBuild, minorBuild } = SERVER_VERSION
  const version = `${major}.${minor.toString().padStart(2, '0')}.${majorBuild}.${minorBuild.toString().padStart(3, '0')}`
  return new Map([
    ['UserDisplayName', person.displayName],
    ['UserDN', legacyDn(person)],
    ['UserDeploymentId', '3f0c2a54-6c1f-4b7e-9a54-0f2f8a1d7c11'],
    ['UserMSOnline', 'False'],
    ['AutoDiscoverSMTPAddress', person.address],
    ['ExternalEwsUrl', DEMO_EWS_URL],
    ['InternalEwsUrl', DEMO_EWS_URL],
    ['ExternalPhotosUrl', DEMO_EWS_URL],
    ['InternalPhotosUrl', DEMO_EWS_URL],
    ['EwsSupportedSchemas', SCHEMA_VERSIONS.join(', ')],
    ['ExternalEwsVersion', version],
    ['CasVersion', version],
    ['MailboxVersion', version],
  ])
}
