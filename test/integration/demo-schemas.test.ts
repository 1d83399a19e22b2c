import { execFile, execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DemoExchange } from '../../src/main/demo/demo-types.ts'
import { DEMO_OPERATIONS } from '../../src/main/demo/ews/answer-ews.ts'
import { startDemoExchange } from '../../src/main/demo/start-demo-exchange.ts'
import { buildFindPeople } from '../../src/main/exchange/operations/find-people.ts'

/** Microsoft's schemas lie beside the project, or where ROLLCALL_SCHEMAS says. */
const SCHEMA = join(process.env['ROLLCALL_SCHEMAS'] ?? resolve('../shared/schemas'), 'messages.xsd')

function hasXmllint(): boolean {
  try {
    execFileSync('xmllint', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const M = 'xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages"'
const T = 'xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"'

let exchange: DemoExchange
let folder = ''

beforeAll(async () => {
  exchange = await startDemoExchange({ people: 400 })
  folder = await mkdtemp(join(tmpdir(), 'rollcall-demo-'))
})
afterAll(async () => {
  await exchange.close()
  await rm(folder, { recursive: true, force: true })
})

interface Reply {
  status: number
  body: string
  headers: Record<string, string | string[] | undefined>
}

function post(path: string, body: string, headers: Record<string, string> = {}): Promise<Reply> {
  const [account] = exchange.accounts
  const options = {
    host: '127.0.0.1',
    port: exchange.port,
    path,
    method: 'POST',
    ca: exchange.caPem,
    servername: 'mail.fjordline.example',
    auth: `${account?.address}:${account?.password}`,
    headers: { host: 'mail.fjordline.example', 'content-type': 'text/xml; charset=utf-8', ...headers },
    agent: false as const,
  }
  return new Promise((resolvePromise, reject) => {
    const sent = request(options, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolvePromise({
          status: response.statusCode ?? 0,
          body: Buffer.concat(chunks).toString(),
          headers: response.headers,
        }),
      )
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

const envelope = (body: string, version = 'Exchange2013') =>
  `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" ${M} ${T}><soap:Header><t:RequestServerVersion Version="${version}"/></soap:Header><soap:Body>${body}</soap:Body></soap:Envelope>`

const ask = (body: string, headers: Record<string, string> = {}) => post('/EWS/Exchange.asmx', envelope(body), headers)
const bodyOf = (reply: Reply) => /<s:Body>(.*)<\/s:Body>/s.exec(reply.body)?.[1] ?? ''

/** What xmllint has to say against an element; nothing when it is valid. */
async function complaints(element: string): Promise<string> {
  const file = join(folder, 'element.xml')
  await writeFile(file, element)
  return await promisify(execFile)('xmllint', ['--noout', '--schema', SCHEMA, file]).then(
    () => '',
    (error: { stderr: string }) => error.stderr,
  )
}

const resolveNames = (entry: string, attributes = 'ReturnFullContactData="true" ContactDataShape="AllProperties"') =>
  `<m:ResolveNames ${attributes}><m:UnresolvedEntry>${entry}</m:UnresolvedEntry></m:ResolveNames>`
const photo = (email: string, size: string) =>
  `<m:GetUserPhoto><m:Email>${email}</m:Email><m:SizeRequested>${size}</m:SizeRequested></m:GetUserPhoto>`
const expandDl = (address: string) =>
  `<m:ExpandDL><m:Mailbox><t:EmailAddress>${address}</t:EmailAddress></m:Mailbox></m:ExpandDL>`
const findPeople = (query: string, offset = 0, shape = 'Default', more = '') =>
  `<m:FindPeople><m:PersonaShape><t:BaseShape>${shape}</t:BaseShape>${more}</m:PersonaShape><m:IndexedPageItemView MaxEntriesReturned="20" Offset="${offset}" BasePoint="Beginning"/><m:ParentFolderId><t:DistinguishedFolderId Id="directory"/></m:ParentFolderId>${query === '' ? '' : `<m:QueryString>${query}</m:QueryString>`}</m:FindPeople>`
const maja = 'maja.lindqvist@fjordline.example'

const REQUESTS: [string, string][] = [
  ['ResolveNames with one result and its thumbnail', resolveNames(maja)],
  ['ResolveNames with many results', resolveNames('a')],
  ['ResolveNames with the default shape', resolveNames('a', 'ReturnFullContactData="true"')],
  ['ResolveNames with mailboxes only', resolveNames('b', 'ReturnFullContactData="false"')],
  ['ResolveNames with ids only', resolveNames('b', 'ReturnFullContactData="true" ContactDataShape="IdOnly"')],
  ['ResolveNames with no result', resolveNames('qqqqq')],
  ['ResolveNames with a room', resolveNames('meeting room')],
  ['ExpandDL', expandDl('dl.allit@fjordline.example')],
  ['ExpandDL with nested lists', expandDl('dl.everybody@fjordline.example')],
  ['ExpandDL without such a list', expandDl('nobody@fjordline.example')],
  ['FindPeople', findPeople('a')],
  ['FindPeople with all properties', findPeople('ma', 0, 'AllProperties')],
  ['FindPeople without a query', findPeople('')],
  [
    'FindPeople with what Rollcall asks for',
    /<soap:Body>(.*)<\/soap:Body>/s.exec(buildFindPeople('Exchange2013', 'ma', 0, 250))?.[1] ?? '',
  ],
  [
    'GetFolder, of one that is there and one that is not',
    '<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape><m:FolderIds><t:DistinguishedFolderId Id="root"/><t:FolderId Id="AAA="/></m:FolderIds></m:GetFolder>',
  ],
  [
    'FindItem',
    '<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:ParentFolderIds><t:DistinguishedFolderId Id="contacts"/></m:ParentFolderIds></m:FindItem>',
  ],
  [
    'ConvertId',
    '<m:ConvertId DestinationFormat="EwsId"><m:SourceIds><t:AlternateId xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="t:AlternateIdType" Format="EwsId" Id="AAA=" Mailbox="x@example.org"/></m:SourceIds></m:ConvertId>',
  ],
  ['GetRoomLists', '<m:GetRoomLists/>'],
  [
    'GetRooms',
    '<m:GetRooms><m:RoomList><t:EmailAddress>rooms.oslo@fjordline.example</t:EmailAddress></m:RoomList></m:GetRooms>',
  ],
  ['GetUserPhoto', photo(maja, 'HR96x96')],
  ['GetUserPhoto of nobody', photo('nobody@fjordline.example', 'HR96x96')],
]

describe.skipIf(!hasXmllint() || !existsSync(SCHEMA))('answers of the demo Exchange, by the schemas', () => {
  it.each(REQUESTS)('%s: the request and its answer are valid', async (_, body) => {
    const isRequestValid = await complaints(body.replace(/^<([\w:]+)/, `<$1 ${M} ${T}`))
    expect(isRequestValid).toBe('')
    const reply = await ask(body)
    expect(reply.status).toBe(200)
    expect(await complaints(bodyOf(reply))).toBe('')
  })

  it('leaves no operation of the demo out', () => {
    const asked = REQUESTS.map(([, body]) => /^<m:(\w+)/.exec(body)?.[1] ?? '')
    expect([...new Set(asked)].sort()).toEqual([...DEMO_OPERATIONS].sort())
  })

  it('an unchanged photo: the answer is valid', async () => {
    const etag = (await ask(photo(maja, 'HR96x96'))).headers['etag']
    const unchanged = await ask(photo(maja, 'HR96x96'), { 'if-none-match': String(etag) })
    expect(bodyOf(unchanged)).toContain('<m:HasChanged>false</m:HasChanged>')
    expect(await complaints(bodyOf(unchanged))).toBe('')
  })

  it.each([
    [
      'rooms of a list that is not there',
      '<m:GetRooms><m:RoomList><t:EmailAddress>no@fjordline.example</t:EmailAddress></m:RoomList></m:GetRooms>',
    ],
    ['the directory in full, which cannot be had', findPeople('', 40)],
  ])('%s: the answer is valid', async (_, body) => {
    const reply = await ask(body)
    if (reply.status === 200) expect(await complaints(bodyOf(reply))).toBe('')
    // A fault is no part of Microsoft's schemas; its shape is SOAP's.
    else expect(bodyOf(reply)).toMatch(/^<s:Fault><faultcode/)
  })

  it('would be noticed if they were not valid', async () => {
    expect(
      await complaints(
        `<m:GetUserPhotoResponse ${M} ResponseClass="Success"><m:PictureData/></m:GetUserPhotoResponse>`,
      ),
    ).not.toBe('')
  })
})

describe('the operations of the demo Exchange', () => {
  it('ResolveNames tells one, many, too many and none apart', async () => {
    const one = (await ask(resolveNames(maja))).body
    expect(one).toContain('ResponseClass="Success"')
    expect(one).toContain('<t:Photo>/9j/')
    const many = (await ask(resolveNames('helsinki'))).body
    expect(many).toContain('ResponseClass="Warning"')
    expect(many).toContain('ErrorNameResolutionMultipleResults')
    expect(many).toContain('IncludesLastItemInRange="true"')
    const tooMany = (await ask(resolveNames('h'))).body
    expect(tooMany).toContain('TotalItemsInView="100" IncludesLastItemInRange="false"')
    expect(tooMany.match(/<t:Resolution>/g)).toHaveLength(100)
    expect((await ask(resolveNames('qqqqq'))).body).toContain('ErrorNameResolutionNoResults')
  })

  it('FindPeople pages through what it finds, with the properties asked for', async () => {
    const fields = '<t:AdditionalProperties><t:FieldURI FieldURI="persona:Title"/></t:AdditionalProperties>'
    const ids: string[] = []
    let total = Number.POSITIVE_INFINITY
    for (let offset = 0; offset < total; offset += 20) {
      const { body } = await ask(findPeople('bergen', offset, 'Default', fields))
      total = Number(/<m:TotalNumberOfPeopleInView>(\d+)</.exec(body)?.[1])
      ids.push(...[...body.matchAll(/PersonaId Id="([^"]+)"/g)].map(([, id = '']) => id))
      expect(body).toContain('<t:Title>')
      expect(body).not.toContain('<t:Department>')
    }
    const inBergen = exchange.people.filter(
      ({ office, displayName }) => office === 'Bergen' || displayName === 'Office Bergen',
    )
    expect(new Set(ids).size).toBe(inBergen.length)
  })

  it('ExpandDL tells the members of one level', async () => {
    const list = exchange.people.find(({ alias }) => alias === 'dl.everybody')
    const { body } = await ask(expandDl(list?.address ?? ''))
    expect([...body.matchAll(/<t:EmailAddress>([^<]+)</g)].map(([, address]) => address)).toEqual(list?.members)
    expect(body).toContain('<t:MailboxType>PublicDL</t:MailboxType>')
  })

  it('GetUserPhoto has the same bytes over SOAP, and says when nothing changed', async () => {
    const served = await exchange.photo(maja, 'HR120x120')
    const first = await ask(photo(maja, 'HR120x120'))
    expect(first.body).toContain(
      `<m:PictureData>${Buffer.from(served?.bytes ?? []).toString('base64')}</m:PictureData>`,
    )
    expect(first.headers['etag']).toBe(served?.etag)
    const again = await ask(photo(maja, 'HR120x120'), { 'if-none-match': served?.etag ?? '' })
    expect(again.body).toContain('<m:HasChanged>false</m:HasChanged>')
    expect(again.body).not.toContain('PictureData')
    const none = exchange.truth().find(({ state }) => state === 'none')?.address ?? ''
    expect((await ask(photo(none, 'HR120x120'))).body).toContain(
      '<m:HasChanged>true</m:HasChanged></m:GetUserPhotoResponse>',
    )
  })

  it.each([
    ['an operation that it does not have', '<m:SetUserPhoto/>', 'ErrorInvalidRequest'],
    ['a missing attribute', resolveNames('a', ''), 'ErrorSchemaValidation'],
    [
      'the https namespace of the wrong pages',
      resolveNames('a').replace(
        '<m:ResolveNames',
        '<m:ResolveNames xmlns:m="https://schemas.microsoft.com/exchange/services/2006/messages"',
      ),
      'ErrorSchemaValidation',
    ],
  ])('answers %s with a fault', async (_, body, code) => {
    const reply = await ask(body)
    expect(reply.status).toBe(500)
    expect(reply.body).toMatch(new RegExp(`<detail><e:ResponseCode [^>]*>${code}<`))
  })

  it.each(['Exchange2010_SP2', 'Exchange2013 '])('refuses a photo to a request of version "%s"', async (version) => {
    const reply = await post('/EWS/Exchange.asmx', envelope(photo(maja, 'HR96x96'), version))
    expect(reply.body).toContain('ErrorInvalidServerVersion')
  })
})

describe('Autodiscover of the demo Exchange', () => {
  const A = 'http://schemas.microsoft.com/exchange/2010/Autodiscover'
  const settings = (mailbox: string, ...names: string[]) =>
    `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:a="${A}" xmlns:wsa="http://www.w3.org/2005/08/addressing"><s:Header><a:RequestedServerVersion>Exchange2013</a:RequestedServerVersion><wsa:Action>${A}/Autodiscover/GetUserSettings</wsa:Action></s:Header><s:Body><a:GetUserSettingsRequestMessage><a:Request><a:Users><a:User><a:Mailbox>${mailbox}</a:Mailbox></a:User></a:Users><a:RequestedSettings>${names.map((name) => `<a:Setting>${name}</a:Setting>`).join('')}</a:RequestedSettings></a:Request></a:GetUserSettingsRequestMessage></s:Body></s:Envelope>`

  it('tells the URLs, and an error for a setting it does not know', async () => {
    const { body } = await post(
      '/autodiscover/autodiscover.svc',
      settings(maja, 'ExternalEwsUrl', 'ExternalPhotosUrl', 'NoSuchSetting'),
    )
    const url = 'https://mail.fjordline.example/EWS/Exchange.asmx'
    expect(body).toContain(`<Name>ExternalEwsUrl</Name><Value>${url}</Value>`)
    expect(body).toContain(`<Name>ExternalPhotosUrl</Name><Value>${url}</Value>`)
    expect(body).toMatch(/<UserSettingError><ErrorCode>InvalidSetting<.*<SettingName>NoSuchSetting</)
  })

  it('does not know a stranger', async () => {
    const { body } = await post(
      '/autodiscover/autodiscover.svc',
      settings('nobody@fjordline.example', 'ExternalEwsUrl'),
    )
    expect(body).toContain('<ErrorCode>InvalidUser</ErrorCode>')
  })

  it.each([
    ['an address it does not know', 'nobody@fjordline.example', 'outlook/responseschema/2006a', '500'],
    ['a schema it does not have', maja, 'mobilesync/responseschema/2006', '601'],
  ])('answers %s in the older form with an error', async (_, address, schema, code) => {
    const request = `<Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006"><Request><EMailAddress>${address}</EMailAddress><AcceptableResponseSchema>http://schemas.microsoft.com/exchange/autodiscover/${schema}</AcceptableResponseSchema></Request></Autodiscover>`
    const { body } = await post('/autodiscover/autodiscover.xml', request)
    expect(body).toContain(`<ErrorCode>${code}</ErrorCode>`)
  })

  it('is not on the bare domain, which is the web site', async () => {
    const reply = await post('/autodiscover/autodiscover.svc', '', { host: 'fjordline.example' })
    expect(reply.status).toBe(404)
  })
})
