import {
  ActionIcon,
  Button,
  Checkbox,
  Group,
  Menu,
  Modal,
  Popover,
  ScrollArea,
  Stack,
  Text,
  TextInput,
} from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { type FormEvent, useState } from 'react'
import { Icon } from '../parts/Icon.tsx'
import { usePreference } from '../preferences.ts'
import { t } from '../say.ts'
import type { KnownResource } from '../wire/catalog.ts'
import { useColumns } from './columns.ts'
import type { ListSearch } from './search.ts'

/** Which columns the list shows; kept on this device. */
export function ColumnChooser({ resource }: { resource: KnownResource }) {
  const { columns, all, choose, reset, isOwn } = useColumns(resource)
  const shown = columns.map(({ name }) => name)
  return (
    <Popover position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon variant="default" size="lg" aria-label={t('list.columns')} title={t('list.columns')}>
          <Icon name="columns" />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('list.columns')}>
        <Checkbox.Group
          label={t('list.columns')}
          description={t('list.columnsKept')}
          value={shown}
          onChange={(names) => names.length && choose(names)}
        >
          <ScrollArea.Autosize mah="20rem" mt="sm" tabIndex={0} role="group" aria-label={t('list.columns')}>
            <Stack gap="xs" p={2}>
              {all.map(({ name, label }) => (
                <Checkbox key={name} value={name} label={label} />
              ))}
            </Stack>
          </ScrollArea.Autosize>
        </Checkbox.Group>
        {isOwn ? (
          <Button mt="sm" size="compact-sm" variant="subtle" color="gray" onClick={reset}>
            {t('list.usualColumns')}
          </Button>
        ) : null}
      </Popover.Dropdown>
    </Popover>
  )
}

/** Lists that this person saved under a name: filters, search and order. Kept on this device. */
export function SavedViews({ resource, list }: { resource: KnownResource; list: ListSearch }) {
  const [views = [], save] = usePreference(`views:${resource.name}`)
  const [isNaming, { open, close }] = useDisclosure(false)
  const [name, setName] = useState('')
  const keep = (event: FormEvent) => {
    event.preventDefault()
    const wanted = name.trim()
    if (!wanted) return
    save([...views.filter((view) => view.name !== wanted), { name: wanted, search: list.search }])
    setName('')
    close()
  }
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
      <Modal opened={isNaming} onClose={close} title={t('list.saveView')} size="sm">
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
            <Button variant="default" onClick={close}>
              {t('form.cancel')}
            </Button>
            <Button type="submit">{t('form.save')}</Button>
          </Group>
        </form>
      </Modal>
    </>
  )
}
