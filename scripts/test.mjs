// `npm test`: sets up what testing needs, runs everything, and ends with `N passed, N failed`.

import { existsSync } from 'node:fs'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { ensureBrowser } from './setup/browser.mjs'
import { ensureDependencies } from './setup/dependencies.mjs'
import { ensureNode } from './setup/node-version.mjs'
import { say } from './setup/say.mjs'
import { ensurePackages, findProgram } from './setup/system-packages.mjs'
import { runSteps } from './test/run-steps.mjs'
import { STEPS } from './test/steps.mjs'

const { values } = parseArgs({ options: { long: { type: 'boolean', default: false } } })

await ensureNode(fileURLToPath(import.meta.url))
await ensureDependencies()
await ensureTestPackages()
const browser = await ensureBrowser('the end-to-end tests')
if (!browser) say('There is no Chromium, Chrome or Edge on this machine, so the end-to-end tests cannot run.')

const totals = await runSteps(STEPS, {
  env: {
    ...(values.long ? { ROLLCALL_TEST_LONG: '1' } : {}),
    ...(browser ? { ROLLCALL_BROWSER: browser } : {}),
  },
  isLong: values.long === true,
})
if (totals.skipped > 0) say(`${totals.skipped} skipped (named above)`)
say(`${totals.passed} passed, ${totals.failed} failed`)
process.exit(totals.failed > 0 || totals.passed === 0 ? 1 : 0)

/** Programs that some tests use; a test whose program is missing is skipped, and says so. */
async function ensureTestPackages() {
  if (process.platform !== 'linux') return
  /** @type {readonly (readonly [string, boolean])[]} */
  const needs = [
    ['curl', findProgram('curl') !== null],
    ['openssl', findProgram('openssl') !== null],
    ['libxml2-utils', findProgram('xmllint') !== null],
    ['python3-exchangelib', existsSync('/usr/lib/python3/dist-packages/exchangelib')],
    ['davmail', existsSync('/usr/share/davmail/davmail.jar')],
    ['gnome-keyring', findProgram('gnome-keyring-daemon') !== null],
    ['dbus', findProgram('dbus-run-session') !== null],
    ['apache2-bin', existsSync('/usr/sbin/apache2')],
    ['libapache2-mod-auth-gssapi', existsSync('/usr/lib/apache2/modules/mod_auth_gssapi.so')],
    ['gss-ntlmssp', existsSync('/etc/gss/mech.d/mech.ntlmssp.conf')],
    ['krb5-kdc', existsSync('/usr/sbin/krb5kdc')],
    ['krb5-admin-server', existsSync('/usr/sbin/kadmin.local')],
    ['krb5-user', findProgram('kinit') !== null],
    ['slapd', existsSync('/usr/sbin/slapd')],
  ]
  await ensurePackages(
    needs.filter(([, isThere]) => !isThere).map(([name]) => name),
    'some of the tests',
  )
}
