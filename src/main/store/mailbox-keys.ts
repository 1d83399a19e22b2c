import type { Database } from 'better-sqlite3'
import type { SmtpAddress } from '../../shared/smtp-address.ts'

/** Makes the function that answers a mailbox's key in the library, given one when it has none. To be called in a transaction. */
export function createMailboxKeys(db: Database): (address: SmtpAddress) => number {
  const find = db.prepare<[SmtpAddress], number>('SELECT id FROM mailbox WHERE address = ?').pluck()
  const insert = db.prepare<[SmtpAddress]>('INSERT INTO mailbox (address) VALUES (?)')
  return (address) => find.get(address) ?? Number(insert.run(address).lastInsertRowid)
}
