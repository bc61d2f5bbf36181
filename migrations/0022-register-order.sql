-- A register's list in the order of its natural keys, read page by page from the index.
drop index register_version_key;
create index register_version_key on register_version (city_code, register, natural_key collate "C", entity_id);
