module posthorn.test/publish

go 1.24
