-- The day an import's changes hold from may also be the word `start`: a correction that was true all along.
alter table register_import alter column valid_from type text using valid_from::text;
