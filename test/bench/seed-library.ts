import { libraryFile } from '../../src/main/store/library-file.ts'
import { openLibrary } from '../../src/main/store/open-library.ts'
import { smtpAddressSchema } from '../../src/shared/smtp-address.ts'
import { synthesizePeople } from './bench-people.ts'

// A process of its own, so that making people up does not count as the engine's memory.
const [dataDir = '', account = '', count = '0'] = process.argv.slice(2)
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
const library = openLibrary(libraryFile(dataDir, smtpAddressSchema.parse(account)), { log: silent })
if (!library.ok) throw new Error(`The library cannot be made: ${JSON.stringify(library.error)}`)
library.value.people.save(synthesizePeople(Number(count)), Date.now())
library.value.close()
