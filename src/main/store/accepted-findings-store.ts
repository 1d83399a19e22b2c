import { rmSync } from 'node:fs'
import { z } from 'zod'
import { type AcceptedFinding, acceptedFindingSchema } from '../../shared/audit.ts'
import type { FindingCode } from '../../shared/people.ts'
import { ok, type Result } from '../../shared/result.ts'
import type { SmtpAddress } from '../../shared/smtp-address.ts'
import type { AcceptedFindings } from '../core/audit/ports.ts'
import type { Log } from '../core/ports.ts'
import { readJsonFile, writeJsonFile } from './json-file.ts'

const fileSchema = z.strictObject({ accepted: z.array(acceptedFindingSchema) })

/** Opens the file of one account's accepted findings: JSON, whole after any crash, and no part of the library. */
export function openAcceptedFindings(file: string, log: Log): AcceptedFindings {
  const byPerson = new Map<SmtpAddress, readonly AcceptedFinding[]>()
  for (const one of readJsonFile(file, fileSchema, { accepted: [] }, log).accepted) add(one)

  function add(one: AcceptedFinding): void {
    byPerson.set(one.address, [...listWithout(one.address, one.finding), one])
  }

  function listWithout(address: SmtpAddress, finding: FindingCode): AcceptedFinding[] {
    return (byPerson.get(address) ?? []).filter((other) => other.finding !== finding)
  }

  function list(): AcceptedFinding[] {
    return [...byPerson.values()].flat().toSorted((a, b) => a.acceptedMs - b.acceptedMs)
  }

  function keep(): Result<null> {
    return writeJsonFile(file, { accepted: list() }, log)
  }

  return {
    list,
    listOf: (address) => byPerson.get(address) ?? [],
    accept(findings) {
      for (const one of findings) add(one)
      return keep()
    },
    takeBack(addresses, finding) {
      let taken = 0
      for (const address of addresses) {
        const left = listWithout(address, finding)
        taken += (byPerson.get(address)?.length ?? 0) - left.length
        if (left.length === 0) byPerson.delete(address)
        else byPerson.set(address, left)
      }
      if (taken === 0) return ok(0)
      const kept = keep()
      return kept.ok ? ok(taken) : kept
    },
    forget(addresses) {
      const known = addresses.filter((address) => byPerson.delete(address))
      if (known.length > 0) keep()
    },
  }
}

/** Removes the file of an account that is forgotten. */
export function removeAcceptedFindings(file: string): void {
  rmSync(file, { force: true })
  rmSync(`${file}.damaged`, { force: true })
}
