"""Spark: ``python with_spark.py FOLDER``, with the folder that ``documents.py`` made."""

import sys

from pyspark.sql import SparkSession

from qualitycheck.engines.spark import with_quality

spark = SparkSession.builder.master("local[2]").config("spark.pyspark.python", sys.executable).getOrCreate()
judged = with_quality(spark.read.parquet(f"{sys.argv[1]}/parquet"))
judged.write.mode("overwrite").parquet(f"{sys.argv[1]}/by-spark")
judged.groupBy("quality.folder", "quality.reason").count().show()
spark.stop()
