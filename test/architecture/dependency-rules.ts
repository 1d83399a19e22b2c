import type { IRegularForbiddenRuleType } from 'dependency-cruiser'

/** The folders of src/main/core that decide; adapters may know only their ports. */
const PORTS = ['^src/main/core/ports\\.ts$', '^src/main/core/[^/]+/ports\\.ts$']
const SHARED = '^src/shared/'

const rule = (
  name: string,
  from: IRegularForbiddenRuleType['from'],
  to: IRegularForbiddenRuleType['to'],
  comment: string,
): IRegularForbiddenRuleType => ({ name, severity: 'error', comment, from, to })

/** Our own code may import, of our own code, only what is named. */
const onlyOurs = (name: string, from: string, allowed: readonly string[], comment: string) =>
  rule(name, { path: from }, { path: '^src/', pathNot: [...allowed] }, comment)

/** A package that only one place may know. */
const onlyIn = (packageName: string, places: readonly string[]) =>
  rule(
    `${packageName} has its place`,
    { path: '^src/', pathNot: [...places] },
    { path: `(^|/)node_modules/(@types/)?${packageName}/` },
    `Only ${places.join(' and ')} may know ${packageName}.`,
  )

/** Who may import whom: docs/architecture.md, as rules. Type-only imports count as well. */
export const DEPENDENCY_RULES: IRegularForbiddenRuleType[] = [
  onlyOurs('shared stands alone', SHARED, [SHARED], 'It is the language both sides speak.'),
  rule(
    'shared needs zod and the contract library only',
    { path: SHARED },
    {
      dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'core'],
      pathNot: '/node_modules/(zod|@orpc/contract)/|^node_modules/(zod|@orpc/contract)/',
    },
    'The page loads it too.',
  ),
  onlyOurs(
    'core decides alone',
    '^src/main/core/',
    ['^src/main/core/', SHARED],
    'It knows no adapter, engine or host.',
  ),
  rule(
    'core does no input or output',
    { path: '^src/main/core/' },
    { dependencyTypes: ['core'] },
    'That is what ports are for.',
  ),
  ...['exchange', 'ldap', 'store', 'system', 'demo'].map((adapter) =>
    onlyOurs(
      `${adapter} is an adapter`,
      `^src/main/${adapter}/`,
      [`^src/main/${adapter}/`, ...PORTS, SHARED],
      'An adapter knows one outside thing, core’s ports and the shared language, and no other adapter.',
    ),
  ),
  onlyOurs(
    'engine knows no host',
    '^src/main/engine/',
    ['^src/main/(engine|core|exchange|ldap|store|system)/', SHARED],
    'The demo comes to it as an address to connect to, so the engine does not know it either.',
  ),
  onlyOurs(
    'cli is a host',
    '^src/main/hosts/cli/',
    ['^src/main/hosts/cli/', '^src/main/engine/', ...PORTS, SHARED],
    'A host knows the engine, and no other host.',
  ),
  ...['electron', 'browser'].map((host) =>
    onlyOurs(
      `${host} is a host`,
      `^src/main/hosts/${host}/`,
      [`^src/main/hosts/(${host}|page|demo)/`, '^src/main/engine/', ...PORTS, SHARED],
      'A host with a page knows the engine, what serves the page and what starts the demo, and no other host.',
    ),
  ),
  onlyOurs(
    'page is served for hosts',
    '^src/main/hosts/page/',
    ['^src/main/hosts/page/', '^src/main/engine/', SHARED],
    'It is no host: it knows none.',
  ),
  onlyOurs(
    'demo is started for hosts',
    '^src/main/hosts/demo/',
    ['^src/main/hosts/demo/', '^src/main/(engine|demo)/', SHARED],
    'It is no host: it knows none.',
  ),
  onlyOurs('preload hands over a port', '^src/preload/', ['^src/preload/', SHARED], 'It knows types of shared.'),
  onlyOurs(
    'renderer speaks the contract',
    '^src/renderer/',
    ['^src/renderer/', SHARED],
    'Everything else is the engine’s.',
  ),
  rule(
    'features are strangers to each other',
    { path: '^src/renderer/features/([^/]+)/' },
    { path: '^src/renderer/features/', pathNot: '^src/renderer/features/$1/' },
    'What two features need goes to ui, api or the app.',
  ),
  rule(
    'ui has no product knowledge',
    { path: '^src/renderer/ui/' },
    { path: '^src/renderer/(api|features|app)/' },
    'It could be another product’s.',
  ),
  rule(
    'api knows no feature',
    { path: '^src/renderer/api/' },
    { path: '^src/renderer/(features|app)/' },
    'Features use it.',
  ),
  onlyIn('electron', ['^src/main/hosts/electron/', '^src/preload/']),
  onlyIn('better-sqlite3', ['^src/main/store/']),
  onlyIn('keytar', ['^src/main/system/keytar-secret-store\\.ts$']),
  onlyIn('kerberos', ['^src/main/system/kerberos-tickets\\.ts$']),
  onlyIn('undici', ['^src/main/exchange/']),
  onlyIn('@azure/msal-node', ['^src/main/exchange/oauth/']),
  onlyIn('ldapts', ['^src/main/ldap/']),
  onlyIn('pino', ['^src/main/system/']),
  onlyIn('sharp', ['^src/main/system/', '^src/main/demo/']),
  onlyIn('commander', ['^src/main/hosts/cli/']),
  rule('no cycles', {}, { circular: true }, 'Two files that need each other are one, or three.'),
  rule('everything is found', {}, { couldNotResolve: true }, 'An import that leads nowhere.'),
]
