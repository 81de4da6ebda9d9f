import { useState } from 'react'
import { toastFailure } from '../parts/toast.tsx'
import { client } from '../wire/client.ts'
import { changeRole, type Matrix, type MatrixPermission, type MatrixRole } from '../wire/roles.ts'
import {
  countOf,
  factorOf,
  keptOf,
  type Pending,
  permissionsOf,
  setFactor,
  setPermission,
  setToStart,
  shownOf,
  startOf,
  without,
} from './pending.ts'

/** A box of the matrix: what it shows, and why it cannot be changed if so. */
export interface Box {
  readonly isOn: boolean
  readonly isPending: boolean
  readonly differs: boolean
  readonly reason: string | undefined
}

/** The matrix with what is to be changed in it, until that is saved. */
export function useMatrix(org: string, matrix: Matrix) {
  const [pending, setPending] = useState<Pending>({})
  const [isSaving, setSaving] = useState(false)
  const [isSaved, setSaved] = useState(false)
  const count = countOf(pending)
  const save = async () => {
    setSaving(true)
    try {
      for (const role of matrix.roles) {
        const change = pending[role.id]
        if (!change) continue
        await changeRole(org, role, change)
        setPending((before) => without(before, role.id))
      }
      setSaved(true)
    } catch (failure) {
      toastFailure(failure)
    }
    // Also after a refusal: somebody else may have changed something, and one's own rights may be others now.
    await client.invalidateQueries({ queryKey: ['org', org] })
    setSaving(false)
  }
  const change = (how: (before: Pending) => Pending) => {
    setSaved(false)
    setPending(how)
  }
  return {
    pending,
    count,
    isSaving,
    /** Nothing has been changed since it was saved. */
    isSaved,
    save,
    discard: () => change(() => ({})),
    box: (role: MatrixRole, known: MatrixPermission) => boxOf(pending, role, known),
    factor: (role: MatrixRole) => factorBox(pending, role),
    set: (role: MatrixRole, known: MatrixPermission, isOn: boolean) =>
      change((before) => setPermission(before, role, known, isOn)),
    setFactor: (role: MatrixRole, isOn: boolean) => change((before) => setFactor(before, role, isOn)),
    reset: (role: MatrixRole) =>
      change((before) =>
        setToStart(
          before,
          role,
          permissionsOf(matrix).filter((known) => !reasonOf(role, known, shownOf(before, role, known))),
        ),
      ),
  }
}

export type MatrixState = ReturnType<typeof useMatrix>

function boxOf(pending: Pending, role: MatrixRole, known: MatrixPermission): Box {
  const isOn = shownOf(pending, role, known)
  return {
    isOn,
    isPending: isOn !== keptOf(role, known),
    differs: isOn !== startOf(role, known) && role.built_in,
    reason: reasonOf(role, known, isOn),
  }
}

/** The box that asks the people of a role for a second factor. */
function factorBox(pending: Pending, role: MatrixRole): Box {
  const isOn = factorOf(pending, role)
  const { update } = role.can
  const isPending = isOn !== role.requires_second_factor
  return { isOn, isPending, differs: false, reason: update === true ? undefined : update }
}

/** Why a box cannot be changed: not by this person, not for this role, or because one cannot give what one lacks. */
function reasonOf(role: MatrixRole, known: MatrixPermission, isOn: boolean): string | undefined {
  if (role.can.update !== true) return role.can.update
  const fixed = known.fixed[role.name]
  if (fixed && isOn) return fixed
  return isOn || known.yours === true || keptOf(role, known) ? undefined : known.yours
}
