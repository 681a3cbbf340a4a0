-- Which language a message was in. Nullable and without a default: version 0.1.0, which may still be running, neither
-- names nor needs it.
ALTER TABLE decision ADD COLUMN language text;
