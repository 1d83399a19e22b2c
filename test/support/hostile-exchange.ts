import type { IncomingMessage, ServerResponse } from 'node:http'
import { escapeXml } from '../../src/main/exchange/soap/build-envelope.ts'
import { startTinyServer, TINY_HOST, type TinyServer } from './tiny-https-server.ts'

/** What a hostile server sends in the place of a photo. */
export interface HostilePhoto {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

/** What a hostile server says. */
export interface HostileAnswers {
  /** Everybody in its directory, whatever is asked. */
  readonly people?: readonly { readonly address: string; readonly displayName: string; readonly department?: string }[]
  /** The whole answer to every SOAP question, in the place of the directory. */
  readonly soap?: HostilePhoto
  readonly photo?: (address: string) => HostilePhoto
  /** The whole answer to a photo asked for over SOAP. */
  readonly soapPhoto?: (address: string) => HostilePhoto
}

/** A server that is signed in to with Basic as any other, and then says what a test lets it say. */
export interface HostileExchange extends TinyServer {
  readonly ewsUrl: string
}

/** Starts it on 127.0.0.1, with a certificate that is good for its name. */
export async function startHostileExchange(answers: HostileAnswers): Promise<HostileExchange> {
  const server = await startTinyServer((request, response) => {
    if (request.headers.authorization === undefined) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="mail"' }).end()
    } else if (answers.soapPhoto !== undefined && isPhotoBySoap(request)) {
      void askedFor(request).then((address) => send(response, answers.soapPhoto?.(address) ?? { status: 404 }))
    } else send(response, answerOf(answers, request))
  })
  return { ...server, ewsUrl: `https://${TINY_HOST}/EWS/Exchange.asmx` }
}

function isPhotoBySoap({ headers }: IncomingMessage): boolean {
  return String(headers['soapaction']).includes('GetUserPhoto')
}

/** Of whom a SOAP question wants the photo. */
async function askedFor(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  return /Email>([^<]*)</.exec(Buffer.concat(pieces).toString())?.[1] ?? ''
}

/** The answer of GetUserPhoto with this picture. */
export function soapPhotoOf(picture: Uint8Array | string): HostilePhoto {
  const data = typeof picture === 'string' ? picture : Buffer.from(picture).toString('base64')
  const body = `<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages"><s:Body><m:GetUserPhotoResponse ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode><m:HasChanged>true</m:HasChanged><m:PictureData>${data}</m:PictureData><m:ContentType>image/jpeg</m:ContentType></m:GetUserPhotoResponse></s:Body></s:Envelope>`
  return { headers: { 'content-type': 'text/xml; charset=utf-8' }, body }
}

function answerOf({ people = [], soap, photo }: HostileAnswers, { method, url = '' }: IncomingMessage): HostilePhoto {
  if (method === 'GET') {
    const address = new URL(url, 'https://x').searchParams.get('email') ?? ''
    return photo?.(address) ?? { status: 404 }
  }
  return soap ?? { headers: { 'content-type': 'text/xml; charset=utf-8' }, body: resolutionSet(people) }
}

function send(response: ServerResponse, { status = 200, headers = {}, body = '' }: HostilePhoto): void {
  response.writeHead(status, headers).end(body)
}

function resolutionSet(people: NonNullable<HostileAnswers['people']>): string {
  const resolutions = people.map(({ address, displayName, department = '' }) => {
    const mailbox =
      `<t:Name>${escapeXml(displayName)}</t:Name><t:EmailAddress>${escapeXml(address)}</t:EmailAddress>` +
      '<t:RoutingType>SMTP</t:RoutingType><t:MailboxType>Mailbox</t:MailboxType>'
    const contact = `<t:DisplayName>${escapeXml(displayName)}</t:DisplayName><t:Department>${escapeXml(department)}</t:Department>`
    return `<t:Resolution><t:Mailbox>${mailbox}</t:Mailbox><t:Contact>${contact}</t:Contact></t:Resolution>`
  })
  return `<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"><s:Body><m:ResolveNamesResponse><m:ResponseMessages><m:ResolveNamesResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode><m:ResolutionSet TotalItemsInView="${people.length}" IncludesLastItemInRange="true">${resolutions.join('')}</m:ResolutionSet></m:ResolveNamesResponseMessage></m:ResponseMessages></m:ResolveNamesResponse></s:Body></s:Envelope>`
}
