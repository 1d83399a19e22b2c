import { isContractProcedure } from '@orpc/contract'
import { isProcedure } from '@orpc/server'
import { expect, it } from 'vitest'
import { router } from '../../src/main/engine/routes/router.ts'
import { contract } from '../../src/shared/contract/index.ts'
import { jobIdSchema } from '../../src/shared/jobs.ts'
import { everyCall, listCalls } from '../support/every-call.ts'
import { addressOf } from '../support/photo-records.ts'

/** The path of everything in a tree of domains and verbs that is a procedure. */
function listProcedures(tree: object, isOne: (value: unknown) => boolean): string[] {
  return Object.entries(tree)
    .flatMap(([name, value]: [string, unknown]) => {
      if (isOne(value)) return [name]
      return typeof value === 'object' && value !== null
        ? listProcedures(value, isOne).map((rest) => `${name}.${rest}`)
        : []
    })
    .toSorted()
}

const inContract = listProcedures(contract, isContractProcedure)

it('the contract has procedures, each a domain and a verb', () => {
  expect(inContract.length).toBeGreaterThan(20)
  expect(inContract.filter((path) => !/^[a-z]+\.[a-z][A-Za-z]+$/.test(path))).toEqual([])
})

it('every procedure of the contract has a handler, and there is no handler beside them', () => {
  expect(listProcedures(router, isProcedure)).toEqual(inContract)
})

it('every procedure of the contract is called over every transport by test/contract', () => {
  const address = addressOf('ada')
  const account = { address, userName: 'ada', password: 'x' }
  const calls = everyCall({
    person: address,
    account,
    targetToken: 'x',
    exportJob: jobIdSchema.parse('x'),
    scopeId: 'x',
    interrupted: ['x', 'y'],
    certificateFile: 'eA==',
    clientCertificateFile: 'eA==',
  })
  const called = listCalls(calls).map(([name]) => name)
  expect(called.toSorted()).toEqual(inContract)
})
