import { Button, Checkbox, NativeSelect, Skeleton, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { formatCount } from '../fields/format.ts'
import { UnsavedGuard } from '../form/UnsavedGuard.tsx'
import { useShortcuts } from '../keyboard.ts'
import { ActButton } from '../parts/ActButton.tsx'
import { Empty } from '../parts/Empty.tsx'
import { Icon } from '../parts/Icon.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { useIsPhone } from '../parts/use-is-phone.ts'
import { Grid } from '../roles/Grid.tsx'
import { narrow } from '../roles/narrow.ts'
import { OneRole } from '../roles/OneRole.tsx'
import { PendingBar } from '../roles/PendingBar.tsx'
import { RoleDialog } from '../roles/RoleDialog.tsx'
import type { RoleTask } from '../roles/RoleMenu.tsx'
import classes from '../roles/roles.module.css'
import { useMatrix } from '../roles/use-matrix.ts'
import '../roles/words.ts'
import { t } from '../say.ts'
import { useOrg } from '../wire/catalog.ts'
import { type Matrix, type MatrixPermission, matrixQuery, type Part } from '../wire/roles.ts'

interface Asked {
  readonly words: string
  readonly module: string
  readonly isChanged: boolean
}

const everything: Asked = { words: '', module: '', isChanged: false }

interface ToolsProps {
  modules: readonly Part<MatrixPermission>[]
  asked: Asked
  onAsk: (asked: Asked) => void
}

function Tools({ modules, asked, onAsk }: ToolsProps) {
  const input = useRef<HTMLInputElement>(null)
  useShortcuts([{ keys: '/', label: t('keys.search'), group: t('keys.list'), run: () => input.current?.focus() }])
  return (
    <div className={classes['tools']}>
      <TextInput
        ref={input}
        type="search"
        aria-label={t('roles.search')}
        placeholder={t('roles.search')}
        leftSection={<Icon name="search" size={16} />}
        value={asked.words}
        onChange={(event) => onAsk({ ...asked, words: event.currentTarget.value })}
      />
      <NativeSelect
        aria-label={t('roles.module')}
        value={asked.module}
        onChange={(event) => onAsk({ ...asked, module: event.currentTarget.value })}
        data={[
          { value: '', label: t('roles.allModules') },
          ...modules.map(({ name, label }) => ({ value: name, label })),
        ]}
      />
      <Checkbox
        label={t('roles.onlyChanged')}
        checked={asked.isChanged}
        onChange={(event) => onAsk({ ...asked, isChanged: event.currentTarget.checked })}
      />
    </div>
  )
}

/** What each mark in the grid means. */
const Legend = () => (
  <p className={classes['legend']}>
    <span className={classes['box']} data-differs aria-hidden />
    {t('roles.legend')}
    <span className={classes['box']} data-pending aria-hidden />
    {t('roles.pendingMark')}
  </p>
)

function Loaded({ org, matrix }: { org: string; matrix: Matrix }) {
  const isPhone = useIsPhone()
  const state = useMatrix(org, matrix)
  const [asked, setAsked] = useState(everything)
  const [told, setTold] = useState('')
  const [task, setTask] = useState<RoleTask>()
  const { roles, modules } = matrix
  const differs = (known: MatrixPermission) =>
    roles.some((role) => role.built_in && state.box(role, known).differs) ||
    roles.some((role) => state.box(role, known).isPending)
  const parts = narrow(
    modules.filter(({ name }) => !asked.module || name === asked.module),
    asked.words,
    asked.isChanged ? differs : undefined,
  )
  const frozen = roles.every(({ can }) => can.update !== true) ? roles[0]?.can.update : undefined
  const shared = { roles, parts, state, onTask: setTask }
  return (
    <div className={classes['page']} data-fills data-frozen={frozen ? true : undefined}>
      <PageHead title={t('roles.title')} note={formatCount(roles.length)}>
        <ActButton
          allowed={matrix.can.create}
          leftSection={<Icon name="plus" size={16} />}
          onClick={() => setTask({ act: 'create' })}
        >
          {t('roles.new')}
        </ActButton>
      </PageHead>
      {frozen ? (
        <p className={classes['frozen']}>
          <Icon name="lock" size={16} /> {t('roles.look')} {frozen}
        </p>
      ) : null}
      <Tools modules={modules} asked={asked} onAsk={setAsked} />
      {parts.length === 0 ? (
        <Empty icon="search" title={t('roles.nothing')} text={t('roles.nothingText')}>
          <Button variant="default" onClick={() => setAsked(everything)}>
            {t('roles.showAll')}
          </Button>
        </Empty>
      ) : isPhone ? (
        <OneRole {...shared} />
      ) : (
        <Grid {...shared} onTell={setTold} />
      )}
      {parts.length && !isPhone ? (
        <div className={classes['foot']}>
          <p aria-hidden>{told}</p>
          <Legend />
        </div>
      ) : null}
      <UnsavedGuard isDirty={() => state.count > 0} />
      <PendingBar matrix={matrix} state={state} />
      {task ? <RoleDialog org={org} task={task} roles={roles} onClose={() => setTask(undefined)} /> : null}
    </div>
  )
}

/** All roles and all permissions, side by side. */
export function RolesPage() {
  const org = useOrg()
  const { data, error, isPending, refetch } = useQuery(matrixQuery(org))
  if (data) return <Loaded org={org} matrix={data} />
  return (
    <>
      <PageHead title={t('roles.title')} />
      {isPending ? <Skeleton height={420} /> : <Trouble failure={error} onRetry={() => void refetch()} />}
    </>
  )
}
