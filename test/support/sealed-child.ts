import { createLibraryKeys } from '../../src/main/engine/library-keys.ts'
import { openLibrary } from '../../src/main/store/open-library.ts'
import { contentHash } from '../../src/main/system/content-hash.ts'
import { createSecretStore } from '../../src/main/system/create-secret-store.ts'
import { smtpAddressSchema } from '../../src/shared/smtp-address.ts'

/**
 * One run on a library that is encrypted under a key in the system's own store, in a process of its own.
 * `seal`: keeps a picture and encrypts it; `read`: opens the library as the next start does, and says what it finds; `lose`: takes the
 * key out of the store, then the same.
 */
const [, , file = '', step = ''] = process.argv
const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
const address = smtpAddressSchema.parse('anna.berg@fjordline.example')
const bytes = Buffer.from('a face that nobody else may see')
const keys = createLibraryKeys(await createSecretStore('os-store', log), log)

if (step === 'seal') {
  const opened = openLibrary(file, { log })
  const key = await keys.ensure(address)
  if (!opened.ok || key === null) throw new Error('it cannot be encrypted here')
  const { photos, seal, close } = opened.value
  const facts = { format: 'jpeg', widthPx: 96, heightPx: 96, isDecodable: true, hasLocation: false } as const
  const askedUrl = 'https://mail.fjordline.example/EWS/Exchange.asmx'
  const picture = { contentHash: contentHash(bytes), bytes, facts }
  const rest = { etag: null, contentType: 'image/jpeg', freshUntilMs: null }
  photos.save([{ kind: 'photo', address, sizeCode: 'HR96x96', atMs: 1, askedUrl, picture, ...rest }])
  seal.switchOn(key)
  while (seal.rewriteSome(10));
  close()
}
if (step === 'lose') await keys.forget(address)
if (step !== 'seal') {
  const without = openLibrary(file, { log })
  const opened = openLibrary(file, { log, key: await keys.read(address) })
  const held = opened.ok ? opened.value.photos.readBytes(contentHash(bytes)) : null
  const reasonOf = (result: typeof opened) =>
    !result.ok && result.error.code === 'library-unusable' ? result.error.reason : null
  const found = { without: reasonOf(without), with: reasonOf(opened), isWhole: held !== null && bytes.equals(held) }
  process.stdout.write(`${JSON.stringify(found)}\n`)
}
process.exit(0)
