import { ActionIcon, Button, Group, Menu, Modal } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { links } from '../links.ts'
import { Icon } from '../parts/Icon.tsx'
import { MenuEntry } from '../parts/MenuEntry.tsx'
import { t } from '../say.ts'
import { useCatalog } from '../wire/catalog.ts'
import type { Row } from '../wire/records.ts'
import { removePerson, setDisabled } from '../wire/roles.ts'
import { attempt } from './attempt.ts'

/** What is done with a person as a whole. */
export function PersonActs({ row }: { row: Row }) {
  const { org } = useCatalog()
  const navigate = useNavigate()
  const [isSure, setSure] = useState(false)
  const name = `${row['name']}`
  const isDisabled = row['state'] === 'disabled'
  const allowed = row.can?.['update'] ?? true
  const leave = async () => {
    setSure(false)
    const done = await attempt(org.slug, () => removePerson(org.slug, row.id), t('person.removed', { name }))
    if (done) await navigate(links.people(org.slug))
  }
  return (
    <>
      <Menu position="bottom-end" width={260}>
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={t('person.more')}>
            <Icon name="dots" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <MenuEntry
            icon={isDisabled ? 'check' : 'lock'}
            label={t(isDisabled ? 'person.enable' : 'person.disable')}
            allowed={allowed}
            onClick={() =>
              void attempt(
                org.slug,
                () => setDisabled(org.slug, row.id, !isDisabled),
                t(isDisabled ? 'person.enabled' : 'person.disabled', { name }),
              )
            }
          />
          <Menu.Divider />
          <MenuEntry icon="signout" label={t('person.remove')} allowed={allowed} onClick={() => setSure(true)} />
        </Menu.Dropdown>
      </Menu>
      <Modal opened={isSure} onClose={() => setSure(false)} title={t('person.removeTitle', { name, org: org.name })}>
        {t('person.removeText')}
        <Group justify="flex-end" mt="lg">
          <Button variant="default" data-autofocus onClick={() => setSure(false)}>
            {t('form.cancel')}
          </Button>
          <Button color="red" onClick={() => void leave()}>
            {t('person.remove')}
          </Button>
        </Group>
      </Modal>
    </>
  )
}
