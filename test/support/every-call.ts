import type { InferContractRouterInputs } from '@orpc/contract'
import type { contract } from '../../src/shared/contract/index.ts'
import type { JobId } from '../../src/shared/jobs.ts'
import { NO_FILTER, type PeopleQuery } from '../../src/shared/people.ts'
import type { SmtpAddress } from '../../src/shared/smtp-address.ts'
import { EVERYBODY } from './engine-on-demo.ts'
import { addressOf } from './photo-records.ts'

const QUERY: PeopleQuery = { text: '', filter: NO_FILTER, sort: 'name' }
const WIDTH = { kind: 'width', widthPx: 64 } as const

/** What the inputs of some calls must name for them to succeed. */
export interface CallFacts {
  /** Somebody in the directory. */
  readonly person: SmtpAddress
  readonly account: { readonly address: SmtpAddress; readonly userName: string; readonly password: string }
  readonly targetToken: string
  /** An export that has ended. */
  readonly exportJob: JobId
  /** A saved scope. */
  readonly scopeId: string
  /** Syncs that were broken off. */
  readonly interrupted: readonly [string, string]
  /** A certificate file, base64. */
  readonly certificateFile: string
  /** A client certificate with its key, base64. */
  readonly clientCertificateFile: string
}

/**
 * An input for every procedure of the contract, in an order in which each can succeed on an opened account. The compiler refuses
 * this when one is missing; `test/architecture` does so when it runs.
 */
export function everyCall(facts: CallFacts): InferContractRouterInputs<typeof contract> {
  const { person, account, targetToken, exportJob, scopeId, interrupted } = facts
  const { certificateFile, clientCertificateFile } = facts
  return {
    app: { read: undefined, watch: undefined },
    exports: {
      chooseTarget: undefined,
      plan: { scope: EVERYBODY, size: WIDTH },
      start: { scope: EVERYBODY, size: WIDTH, targetToken },
      reveal: { jobId: exportJob },
    },
    people: {
      search: { query: QUERY, offset: 0, limit: 10 },
      countChips: { query: QUERY },
      listAddresses: { query: QUERY },
      findPosition: { query: QUERY, address: person },
      findByName: { query: QUERY, text: 'a', after: -1 },
      read: { address: person },
      searchServer: { text: 'an' },
      matchList: { text: `${person}\nNobody At All` },
      expandList: { address: addressOf('dl.projectaurora') },
      readDirectoryStatus: undefined,
      startReadDirectory: undefined,
    },
    scopes: {
      list: undefined,
      save: { name: 'Everybody', definition: { kind: 'search', text: '', filter: NO_FILTER } },
      rename: { id: scopeId, name: 'Somebody' },
      remove: { id: scopeId },
    },
    photos: {
      list: { address: person },
      listHistory: { address: person },
      ensureAll: { address: person },
      copyPicture: { address: person },
      refresh: { address: person },
      setVisible: { addresses: [person] },
      estimateSync: { scope: EVERYBODY, sizeCodes: ['HR48x48'] },
      startSync: { scope: EVERYBODY, sizeCodes: ['HR48x48'] },
      listInterrupted: undefined,
      resumeSync: { id: interrupted[0] },
      dropInterrupted: { id: interrupted[1] },
    },
    audit: {
      estimate: { scope: EVERYBODY },
      start: { scope: EVERYBODY },
      saveCsv: { scope: EVERYBODY, targetToken },
      read: { address: person },
      listAccepted: undefined,
      accept: { scope: EVERYBODY, finding: 'missing', reason: 'by choice', untilMs: null },
      takeBack: { scope: EVERYBODY, finding: 'missing' },
      countFindings: { scope: EVERYBODY },
      undo: { step: 1 },
    },
    jobs: {
      list: undefined,
      read: { id: exportJob },
      pause: { id: exportJob },
      resume: { id: exportJob },
      cancel: { id: exportJob },
    },
    library: {
      read: undefined,
      readRefresh: undefined,
      check: undefined,
      purge: { scope: EVERYBODY, what: 'history', sizeCodes: null },
      forgetPeople: { addresses: [person] },
      removeSetAside: undefined,
      rebuild: undefined,
    },
    settings: { read: undefined, update: { audit: { poorBelowPx: 200 } } },
    connections: {
      read: undefined,
      start: { ...account, isRemembered: false },
      inspectAuthorities: { files: [certificateFile] },
      inspectClientCertificate: { files: [clientCertificateFile], passphrase: '' },
      readCertificates: { address: account.address },
      changeCertificates: { address: account.address, authorities: [certificateFile], pins: [] },
      list: undefined,
      use: { address: account.address },
      setLdap: { url: 'ldaps://dc1.fjordline.example' },
      readLdap: undefined,
      forgetLdap: undefined,
      test: undefined,
      retry: undefined,
      useDemo: undefined,
      forget: { address: account.address },
    },
  }
}

/** `domain.verb` and the input of each. */
export function listCalls(calls: InferContractRouterInputs<typeof contract>): [string, unknown][] {
  return Object.entries(calls).flatMap(([domain, verbs]) =>
    Object.entries(verbs).map(([verb, input]): [string, unknown] => [`${domain}.${verb}`, input]),
  )
}
