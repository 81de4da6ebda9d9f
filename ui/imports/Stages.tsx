import { Alert, Button, Group, Modal, Progress, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { formatCount } from '../fields/format.ts'
import { links } from '../links.ts'
import { toastFailure } from '../parts/toast.tsx'
import { t } from '../say.ts'
import { type KnownResource, useOrg } from '../wire/catalog.ts'
import { type Import, startImport } from '../wire/imports.ts'
import { Faults } from './Faults.tsx'
import { FollowUp } from './FollowUp.tsx'
import classes from './imports.module.css'

interface StageProps {
  row: Import
  resource: KnownResource
}

const Figures = ({ figures }: { figures: readonly (readonly [label: string, value: number])[] }) => (
  <dl className={classes['figures']}>
    {figures.map(([label, value]) => (
      <div key={label}>
        <dt>{label}</dt>
        <dd>{formatCount(value)}</dd>
      </div>
    ))}
  </dl>
)

/** The server is at work: how far it is. */
export function Working({ row }: { row: Import }) {
  const share = row.rows ? Math.round((row.done / row.rows) * 100) : 0
  const counts = { done: formatCount(row.done), rows: formatCount(row.rows) }
  return (
    <div className={classes['working']}>
      <h2>{t(`imports.state.${row.state}`)}</h2>
      <Progress.Root size="lg">
        <Progress.Section value={share} aria-label={t('imports.progress')} />
      </Progress.Root>
      <p role="status">{row.state === 'undoing' ? t('imports.undoing') : t('imports.doneOf', counts)}</p>
      <p data-quiet>{t('imports.mayLeave')}</p>
    </div>
  )
}

/** What the import would do, before it does. */
export function Tried({ row, resource, onBack }: StageProps & { onBack: () => void }) {
  const org = useOrg()
  const good = row.rows - row.refused
  return (
    <>
      <Figures
        figures={[
          [t('imports.wouldGoIn'), good],
          [t('imports.wouldBeRefused'), row.refused],
        ]}
      />
      <Text my="sm">{t(row.refused ? 'imports.triedSome' : 'imports.triedAll')}</Text>
      <Group my="md">
        <Button disabled={good === 0} onClick={() => void startImport(org, row.id, 'run').catch(toastFailure)}>
          {t('imports.run', {
            count: good,
            formatted: formatCount(good),
            what: (good === 1 ? resource.label : resource.plural).toLowerCase(),
          })}
        </Button>
        <Button variant="default" onClick={onBack}>
          {t('imports.backToColumns')}
        </Button>
      </Group>
      <Faults row={row} />
    </>
  )
}

/** It is in: what came of it, and the way back. */
export function Done({ row, resource }: StageProps) {
  const org = useOrg()
  const [isSure, setSure] = useState(false)
  const undo = () => {
    setSure(false)
    void startImport(org, row.id, 'undo').catch(toastFailure)
  }
  return (
    <>
      <Figures
        figures={[
          [t('imports.wentIn'), row.imported],
          [t('imports.wereRefused'), row.refused],
        ]}
      />
      <Text my="sm" role="status">
        {t('imports.doneText', { name: row.file_name })}
      </Text>
      <Group my="md">
        <Button renderRoot={(props) => <Link {...links.list(org, resource.path)} {...props} />}>
          {t('imports.see', { plural: resource.plural.toLowerCase() })}
        </Button>
        <Button variant="default" onClick={() => setSure(true)}>
          {t('imports.undo')}
        </Button>
        <Button
          variant="subtle"
          color="gray"
          renderRoot={(props) => <Link {...links.importFile(org, resource.path)} {...props} />}
        >
          {t('imports.another')}
        </Button>
      </Group>
      <FollowUp row={row} resource={resource} />
      <Faults row={row} />
      <Modal opened={isSure} onClose={() => setSure(false)} title={t('imports.undoTitle')}>
        <Text>{t('imports.undoText', { count: row.imported, formatted: formatCount(row.imported) })}</Text>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" data-autofocus onClick={() => setSure(false)}>
            {t('form.cancel')}
          </Button>
          <Button color="red" onClick={undo}>
            {t('imports.undo')}
          </Button>
        </Group>
      </Modal>
    </>
  )
}

/** It was taken back: what is gone, and what stayed because somebody has worked on it since. */
export function Undone({ row, resource, onBack }: StageProps & { onBack: () => void }) {
  const org = useOrg()
  return (
    <>
      <Figures
        figures={[
          [t('imports.removed'), row.removed],
          [t('imports.kept'), row.kept_count],
        ]}
      />
      <Text my="sm" role="status">
        {t('imports.undoneText')}
      </Text>
      {row.kept.length ? (
        <ul>
          {row.kept.map(({ record, title, reason }) => (
            <li key={record}>
              <Link {...links.record(org, resource.path, record)}>{title}</Link>: {reason}
            </li>
          ))}
        </ul>
      ) : null}
      <Group my="md">
        <Button onClick={onBack}>{t('imports.backToColumns')}</Button>
        <Button variant="default" renderRoot={(props) => <Link {...links.importFile(org, resource.path)} {...props} />}>
          {t('imports.another')}
        </Button>
      </Group>
    </>
  )
}

/** It broke off: what is in stays in, and it can go on. */
export function Failed({ row, resource }: StageProps) {
  const org = useOrg()
  return (
    <>
      <Alert color="red" role="alert" title={t('imports.failed')}>
        {row.error}
      </Alert>
      <Group my="md">
        <Button onClick={() => void startImport(org, row.id, 'run').catch(toastFailure)}>{t('problem.retry')}</Button>
        <Button variant="default" renderRoot={(props) => <Link {...links.importFile(org, resource.path)} {...props} />}>
          {t('imports.another')}
        </Button>
      </Group>
    </>
  )
}
