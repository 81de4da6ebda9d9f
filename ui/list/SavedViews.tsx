import { ActionIcon, Button, Group, Menu, Modal, Text, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { type FormEvent, useState } from 'react'
import { Icon } from '../parts/Icon.tsx'
import { usePreference } from '../preferences.ts'
import { t } from '../say.ts'
import type { KnownResource } from '../wire/catalog.ts'
import type { ListSearch } from './search.ts'

interface NameDialogProps {
  isOpen: boolean
  onClose: () => void
  onName: (name: string) => void
}

/** Asks what a view is to be called. */
function NameDialog({ isOpen, onClose, onName }: NameDialogProps) {
  const [name, setName] = useState('')
  const keep = (event: FormEvent) => {
    event.preventDefault()
    if (!name.trim()) return
    onName(name.trim())
    setName('')
    onClose()
  }
  return (
    <Modal opened={isOpen} onClose={onClose} title={t('list.saveView')} size="sm">
      <form onSubmit={keep}>
        <Text c="dimmed" mb="md">
          {t('list.viewsKept')}
        </Text>
        <TextInput
          data-autofocus
          label={t('list.viewName')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={60}
        />
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>
            {t('form.cancel')}
          </Button>
          <Button type="submit">{t('form.save')}</Button>
        </Group>
      </form>
    </Modal>
  )
}

/** Lists that this person saved under a name: filters, search and order. Kept on this device. */
export function SavedViews({ resource, list }: { resource: KnownResource; list: ListSearch }) {
  const [views = [], save] = usePreference(`views:${resource.name}`)
  const [isNaming, { open, close }] = useDisclosure(false)
  const keep = (name: string) => save([...views.filter((view) => view.name !== name), { name, search: list.search }])
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size="lg" aria-label={t('list.views')} title={t('list.views')}>
            <Icon name="bookmark" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => list.show({})}>
            {t('list.everything', { plural: resource.plural.toLowerCase() })}
          </Menu.Item>
          {views.map((view) => (
            <Menu.Item
              key={view.name}
              leftSection={<Icon name="bookmark" size={14} />}
              onClick={() => list.show(view.search)}
            >
              {view.name}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<Icon name="plus" size={14} />} onClick={open}>
            {t('list.saveView')}
          </Menu.Item>
          {views.map((view) => (
            <Menu.Item
              key={view.name}
              leftSection={<Icon name="close" size={14} />}
              onClick={() => save(views.filter((one) => one !== view))}
            >
              {t('list.forgetView', { name: view.name })}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <NameDialog isOpen={isNaming} onClose={close} onName={keep} />
    </>
  )
}
