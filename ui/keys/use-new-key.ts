import type { FieldError } from '@commonhall/kernel'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { t } from '../say.ts'
import { useCatalog } from '../wire/catalog.ts'
import { client } from '../wire/client.ts'
import { Problem } from '../wire/http.ts'
import { createAccount, createKey, type Key } from '../wire/keys.ts'
import { type Explanation, explanationQuery, type Matrix } from '../wire/roles.ts'
import { type Asked, blank, lastDayOf, missing } from './asked.ts'
import { choosable, givenBy, heldBy, namesOf } from './scopes.ts'

const nobody: ReadonlySet<string> = new Set()

/** What may be chosen, as far as it is known whom the key acts as. */
function useChoice(org: string, asked: Asked, me: Explanation, matrix: Matrix) {
  const { who, account, roles } = asked
  const { data: owner, isLoading } = useQuery({
    ...explanationQuery(org, account),
    enabled: who === 'account' && account !== '',
  })
  const chosen = matrix.roles.filter(({ id }) => roles.includes(id))
  const held = {
    me: () => heldBy(me.modules),
    account: () => (owner ? heldBy(owner.modules) : nobody),
    new: () => givenBy(matrix.modules, chosen),
  }[who]()
  return { parts: choosable(me.modules, held), isLoading }
}

/** The form of a new key, and what comes of it. */
export function useNewKey(start: Partial<Asked>, me: Explanation, matrix: Matrix) {
  const org = useCatalog().org.slug
  const [asked, setAsked] = useState<Asked>({ ...blank, ...start })
  const [errors, setErrors] = useState<readonly FieldError[]>([])
  const [failures, setFailures] = useState(0)
  const [isBusy, setBusy] = useState(false)
  const [made, setMade] = useState<Key & { readonly key: string }>()
  const choice = useChoice(org, asked, me, matrix)
  // What was chosen for another owner, and this one may not, is not asked for.
  const scopes = namesOf(choice.parts).filter((name) => asked.scopes.has(name))
  const set = (change: Partial<Asked>) => setAsked((before) => ({ ...before, ...change }))
  const refuse = (found: readonly FieldError[]) => {
    setErrors(found)
    setFailures((before) => before + 1)
  }

  /** Whom the key acts as; a new account is made first, and is there when the key is refused after all. */
  const ownerOf = async () => {
    if (asked.who === 'me') return null
    if (asked.who === 'account') return asked.account
    const { id } = await createAccount(org, { name: asked.accountName, roles: asked.roles })
    await client.invalidateQueries({ queryKey: ['org', org, 'list'] })
    set({ who: 'account', account: id })
    return id
  }

  const create = async () => {
    const owner = await ownerOf()
    const { name, perMinute } = asked
    const wanted = { name, owner, scopes, expires_on: lastDayOf(asked), per_minute: Number(perMinute) }
    setMade(await createKey(org, wanted))
    await client.invalidateQueries({ queryKey: ['org', org] })
  }

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const found = missing(asked, scopes)
    if (found.length) return refuse(found)
    setErrors([])
    setBusy(true)
    try {
      await create()
    } catch (failure) {
      refuse(faultsOf(failure))
    }
    setBusy(false)
  }

  const errorOf = (path: string) => errors.find((one) => one.path === path)?.message
  const isDirty = () => !made && (asked.name !== '' || asked.accountName !== '' || asked.scopes.size > 0)
  return { asked, set, scopes, ...choice, errors, errorOf, failures, isBusy, made, submit, isDirty }
}

export type NewKey = ReturnType<typeof useNewKey>

/** What the server refused, field by field, or as a whole. */
function faultsOf(failure: unknown): readonly FieldError[] {
  if (!(failure instanceof Problem)) return [{ path: 'form', code: 'fault', message: t('problem.page') }]
  return failure.errors.length ? failure.errors : [{ path: 'form', code: failure.code, message: failure.message }]
}
