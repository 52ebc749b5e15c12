import { Dropdown, DropdownItem, DropdownList, MenuToggle } from '@patternfly/react-core';
import { TagIcon } from '@patternfly/react-icons';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { list } from '../../engine/api';
import { keys } from '../../engine/live';
import { usePluginHost } from '../../plugins';
import { searchOf, tagsOf, tree } from './tree';

/** The tree of tags: those that are ticked are what the list is searched for, and plugins hear of it. */
export default function TagFilter({ search, onSearch }: { search: string; onSearch: (search: string) => void }) {
  const { t } = useTranslation();
  const host = usePluginHost();
  const [open, setOpen] = useState(false);
  const { data } = useQuery({ queryKey: [...keys.rows('tags'), 'tree'], queryFn: ({ signal }) => list('/tags', signal), enabled: open, retry: false });
  const active = tagsOf(search);
  const all = tree(data ?? []);
  const toggle = (name: string) => {
    const now = active.includes(name) ? active.filter((one) => one !== name) : [...active, name];
    onSearch(searchOf(now));
    host.activateTags(all.filter((tag) => now.includes(tag.name)).map((tag) => ({ name: tag.name, description: tag.description, selected: true })));
  };
  return (
    <Dropdown
      isOpen={open}
      onOpenChange={setOpen}
      isScrollable
      popperProps={{ position: 'end' }}
      toggle={(ref) => (
        <MenuToggle ref={ref} variant="plain" isExpanded={open} onClick={() => setOpen(!open)} aria-label={t('Tags')} data-action="tag_filter">
          <TagIcon />
        </MenuToggle>
      )}
    >
      <DropdownList>
        {all.map((tag) => (
          <DropdownItem key={tag.id} hasCheckbox isSelected={active.includes(tag.name)} onClick={() => toggle(tag.name)} style={{ paddingInlineStart: `${tag.depth * 1.5}rem` }}>
            {tag.name}
          </DropdownItem>
        ))}
        {data && all.length === 0 && <DropdownItem isDisabled>{t('There are none yet')}</DropdownItem>}
      </DropdownList>
    </Dropdown>
  );
}
