import { ActionIcon, Button, Checkbox, Popover, ScrollArea, Stack } from '@mantine/core'
import { Icon } from '../parts/Icon.tsx'
import { t } from '../say.ts'
import type { KnownResource } from '../wire/catalog.ts'
import { useColumns } from './columns.ts'

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
