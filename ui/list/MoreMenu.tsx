import { ActionIcon, Menu } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { links } from '../links.ts'
import { Icon } from '../parts/Icon.tsx'
import { toastFailure } from '../parts/toast.tsx'
import { t } from '../say.ts'
import { type KnownResource, useOrg } from '../wire/catalog.ts'
import { download } from '../wire/download.ts'
import { queryString } from '../wire/http.ts'
import { type ListSearch, queryOf } from './search.ts'

/** What is done with a whole list now and then: files in, files out. */
export function MoreMenu({ resource, list }: { resource: KnownResource; list: ListSearch }) {
  const org = useOrg()
  const { permissions, path } = resource
  if (permissions.import !== true && permissions.export !== true) return null
  const take = (format: string) =>
    download(`/orgs/${org}/${path}/export${queryString({ ...queryOf(list.search), format })}`).catch(toastFailure)
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" size="lg" aria-label={t('list.more')} title={t('list.more')}>
          <Icon name="dots" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {permissions.import === true ? (
          <Menu.Item
            leftSection={<Icon name="upload" size={16} />}
            renderRoot={(props) => <Link {...links.importFile(org, path)} {...props} />}
          >
            {t('list.import')}
          </Menu.Item>
        ) : null}
        {permissions.export === true ? (
          <>
            <Menu.Divider />
            <Menu.Label>{t('list.exportLabel')}</Menu.Label>
            <Menu.Item onClick={() => void take('csv')} leftSection={<Icon name="download" size={16} />}>
              {t('list.exportCsv')}
            </Menu.Item>
            <Menu.Item onClick={() => void take('xlsx')} leftSection={<Icon name="download" size={16} />}>
              {t('list.exportXlsx')}
            </Menu.Item>
          </>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  )
}
