import { ActionIcon, Button, Group, Menu, Modal } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type ComponentProps, lazy, Suspense, useState } from 'react'
import { useShortcuts } from '../keyboard.ts'
import { links } from '../links.ts'
import { ActButton } from '../parts/ActButton.tsx'
import { Icon } from '../parts/Icon.tsx'
import { MenuEntry } from '../parts/MenuEntry.tsx'
import { toastFailure } from '../parts/toast.tsx'
import { t } from '../say.ts'
import { type Act, type KnownResource, useOrg } from '../wire/catalog.ts'
import { type Erasure, planErasure, takePersonalData } from '../wire/personal.ts'
import { type Row, titleOf } from '../wire/records.ts'
import '../personal/words.ts'
import { refresh } from '../wire/changes.ts'
import { act as carryOut, archive, remove } from './acts.ts'
import { ActDialog } from './ActDialog.tsx'

/** Acts that the record's state has room for, the usual next one first. */
const actsFor = (resource: KnownResource, row: Row) =>
  resource.acts
    .filter(({ from, name }) => from.includes(`${row['state']}`) && row.can?.[name] !== undefined)
    .toSorted((one, other) => Number(other.tone === 'primary') - Number(one.tone === 'primary'))

interface MoreProps {
  resource: KnownResource
  row: Row
  acts: readonly Act[]
  onAct: (act: Act) => void
}

const EraseDialog = lazy(async () => ({ default: (await import('../personal/EraseDialog.tsx')).EraseDialog }))

const Erasing = (props: ComponentProps<typeof EraseDialog>) => (
  <Suspense>
    <EraseDialog {...props} />
  </Suspense>
)

/** For records of people: what is kept about them, and erasing it. */
function PersonalEntries({
  resource,
  row,
  onPlan,
}: Pick<MoreProps, 'resource' | 'row'> & { onPlan: (plan: Erasure) => void }) {
  const org = useOrg()
  const { take, erase } = resource.personal ?? {}
  return (
    <>
      {take === true ? (
        <MenuEntry
          icon="download"
          label={t('personal.take')}
          allowed
          onClick={() => void takePersonalData(org, resource.path, row.id, 'html').catch(toastFailure)}
        />
      ) : null}
      {erase === true ? (
        <Menu.Item
          leftSection={<Icon name="close" size={16} />}
          onClick={() => void planErasure(org, resource.path, row.id).then(onPlan, toastFailure)}
        >
          {t('personal.erase')}
        </Menu.Item>
      ) : null}
    </>
  )
}

/** Deleting cannot be taken back. */
const Sure = ({
  resource,
  row,
  onClose,
  onSure,
}: Pick<MoreProps, 'resource' | 'row'> & { onClose: () => void; onSure: () => void }) => (
  <Modal opened onClose={onClose} title={t('record.deleteTitle', { title: titleOf(resource, row) })}>
    {t('record.deleteText')}
    <Group justify="flex-end" mt="lg">
      <Button variant="default" data-autofocus onClick={onClose}>
        {t('form.cancel')}
      </Button>
      <Button color="red" onClick={onSure}>
        {t('record.delete')}
      </Button>
    </Group>
  </Modal>
)

/** Everything else that can be done, and what cannot, with its reason. */
function More({ resource, row, acts, onAct }: MoreProps) {
  const org = useOrg()
  const navigate = useNavigate()
  const [isSure, setSure] = useState(false)
  const [plan, setPlan] = useState<Erasure>()
  const { archive: mayArchive, delete: mayDelete } = row.archived_at ? {} : (row.can ?? {})
  const isPersonal = resource.personal?.take === true || resource.personal?.erase === true
  const leave = async (gone: Promise<boolean>) => {
    if (await gone) await navigate(links.list(org, resource.path))
    void refresh(org)
  }
  const isPlain = acts.length > 0 || (mayArchive ?? mayDelete) !== undefined
  if (!isPlain && !isPersonal) return null
  return (
    <>
      <Menu position="bottom-end" width={260}>
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={t('record.more')}>
            <Icon name="dots" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {acts.map((one) => (
            <MenuEntry
              key={one.name}
              icon="arrow"
              label={one.label}
              allowed={row.can?.[one.name] ?? true}
              onClick={() => onAct(one)}
            />
          ))}
          {acts.length && (mayArchive ?? mayDelete) !== undefined ? <Menu.Divider /> : null}
          {mayArchive === undefined ? null : (
            <MenuEntry
              icon="archive"
              label={t('record.archive')}
              allowed={mayArchive}
              onClick={() => void leave(archive(org, resource, row))}
            />
          )}
          {mayDelete === undefined ? null : (
            <MenuEntry icon="close" label={t('record.delete')} allowed={mayDelete} onClick={() => setSure(true)} />
          )}
          {isPlain && isPersonal ? <Menu.Divider /> : null}
          <PersonalEntries resource={resource} row={row} onPlan={setPlan} />
        </Menu.Dropdown>
      </Menu>
      {plan ? <Erasing resource={resource} row={row} plan={plan} onClose={() => setPlan(undefined)} /> : null}
      {isSure ? (
        <Sure
          resource={resource}
          row={row}
          onClose={() => setSure(false)}
          onSure={() => void leave(remove(org, resource, row))}
        />
      ) : null}
    </>
  )
}

/** What can be done with a record now: the usual next act and editing as buttons, the rest one click away. */
export function RecordActs({ resource, row }: { resource: KnownResource; row: Row }) {
  const org = useOrg()
  const navigate = useNavigate()
  const [asking, setAsking] = useState<Act>()
  const acts = actsFor(resource, row)
  const next = acts.find(({ name, tone }) => tone === 'primary' && row.can?.[name] === true)
  const edit = () => void navigate(links.edit(org, resource.path, row.id))
  const mayEdit = row.can?.['update']
  useShortcuts(mayEdit === true ? [{ keys: 'e', label: t('record.edit'), group: t('keys.record'), run: edit }] : [])
  const start = (one: Act) => {
    if (one.asks && Object.keys(one.asks).length) setAsking(one)
    else void carryOut(org, resource, row, one.name, {}).catch(toastFailure)
  }
  if (row.archived_at) return <More resource={resource} row={row} acts={[]} onAct={start} />
  return (
    <>
      <More resource={resource} row={row} acts={acts.filter((one) => one !== next)} onAct={start} />
      {mayEdit === undefined ? null : (
        <ActButton
          variant={next ? 'default' : 'filled'}
          allowed={mayEdit}
          leftSection={<Icon name="edit" size={16} />}
          onClick={edit}
        >
          {t('record.edit')}
        </ActButton>
      )}
      {next ? <ActButton onClick={() => start(next)}>{next.label}</ActButton> : null}
      {asking ? (
        <ActDialog
          act={asking}
          module={resource.module}
          onClose={() => setAsking(undefined)}
          onAct={(asked) => carryOut(org, resource, row, asking.name, asked)}
        />
      ) : null}
    </>
  )
}
